import { expect } from 'chai';
import { columnOf } from '../../src/table/column-builder.ts';

describe('column', () => {
  it('keeps each distinct text once, and gives its codes', () => {
    const column = columnOf('text', ['b', 'a', null, 'b', '']);
    expect(column.dictionary).to.deep.equal(['b', 'a', '']);
    expect([column.codes[0], column.codes[1], column.codes[3], column.codes[4]]).to.deep.equal([0, 1, 0, 2]);
    expect(column.values).to.equal(column.codes);
  });

  it('gives loops the typed array itself', () => {
    expect(columnOf('float64', [1.5]).values).to.be.instanceOf(Float64Array);
    expect(columnOf('int32', [1]).values).to.be.instanceOf(Int32Array);
    expect(columnOf('uint32', [1]).values).to.be.instanceOf(Uint32Array);
    expect(columnOf('int64', [1n]).values).to.be.instanceOf(BigInt64Array);
    expect(columnOf('uint64', [1n]).values).to.be.instanceOf(BigUint64Array);
    expect(columnOf('time', [1n]).values).to.be.instanceOf(BigInt64Array);
    expect(columnOf('text', ['']).values).to.be.instanceOf(Uint32Array);
    expect([...columnOf('boolean', [true, false]).values]).to.deep.equal([1, 0]);
    expect(columnOf('float64', [1]).codes).to.equal(undefined);
  });

  it('tells null, NaN and the empty text apart', () => {
    const numbers = columnOf('float64', [null, NaN]);
    expect([numbers.get(0), numbers.isNull(0)]).to.deep.equal([null, true]);
    expect([numbers.get(1), numbers.isNull(1)]).to.deep.equal([NaN, false]);
    const texts = columnOf('text', [null, '']);
    expect([texts.get(0), texts.get(1)]).to.deep.equal([null, '']);
  });

  it('can be iterated', () => {
    expect([...columnOf('int64', [1n, null, 3n])]).to.deep.equal([1n, null, 3n]);
  });

  for (const row of [-1, 2, 0.5, NaN]) {
    it(`has no row ${row} of two`, () => {
      expect(() => columnOf('text', ['a', 'b']).get(row)).to.throw(RangeError, `no row ${row}`);
      expect(() => columnOf('float64', [1, null]).get(row)).to.throw(RangeError, `no row ${row}`);
    });
  }

  it('lets its dictionary not be changed', () => {
    const { dictionary } = columnOf('text', ['a']);
    expect(() => (dictionary as string[]).push('b')).to.throw(TypeError);
  });
});
