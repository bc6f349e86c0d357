import { expect } from 'chai';
import { count, mean } from '../../src/table/aggregates.ts';
import { RttsharkError } from '../../src/errors.ts';
import { fromRows } from '../../src/table/from-rows.ts';
import type { Table } from '../../src/table/table.ts';
import { tableEqual } from '../support/table-equal.ts';

const wide = fromRows({ src: 'text', min: 'float64', max: 'float64', n: 'int32' }, [
  { src: 'a', min: 1, max: 2, n: 5 },
  { src: 'b', min: null, max: 4, n: 6 },
]);
const long = fromRows({ src: 'text', n: 'int32', name: 'text', value: 'float64' }, [
  { src: 'a', n: 5, name: 'min', value: 1 },
  { src: 'b', n: 6, name: 'min', value: null },
  { src: 'a', n: 5, name: 'max', value: 2 },
  { src: 'b', n: 6, name: 'max', value: 4 },
]);

describe('pivotLonger', () => {
  it('puts columns below each other', () => {
    const pivoted: Table<{ src: 'text'; n: 'int32'; name: 'text'; value: 'float64' }> = wide.pivotLonger({
      columns: ['min', 'max'],
    });
    tableEqual(pivoted, long);
  });

  it('takes other names', () => {
    const pivoted: Table<{ src: 'text'; n: 'int32'; figure: 'text'; rtt: 'float64' }> = wide.pivotLonger({
      columns: ['max', 'min'],
      names: 'figure',
      values: 'rtt',
    });
    expect(pivoted.row(0)).to.deep.equal({ src: 'a', n: 5, figure: 'max', rtt: 2 });
    expect(wide.head(0).pivotLonger({ columns: ['n'] }).rowCount).to.equal(0);
  });

  it('refuses columns of two types, unknown ones, and two of one name', () => {
    expect(() => wide.pivotLonger({ columns: ['min', 'n'] })).to.throw(
      RttsharkError,
      'Columns "min" and "n" are of types "float64" and "int32" and cannot become one.',
    );
    expect(() => wide.pivotLonger({ columns: ['mix' as 'min'] })).to.throw(
      RttsharkError,
      'did you mean "max" or "min"',
    );
    expect(() => wide.pivotLonger({ columns: ['min'], names: 'src' })).to.throw(
      RttsharkError,
      'called "src"',
    );
    expect(() => wide.pivotLonger({ columns: ['min'], names: 'x', values: 'x' })).to.throw(
      RttsharkError,
      '"x"',
    );
  });
});

describe('pivotWider', () => {
  it('puts rows beside each other, and is the reverse of pivotLonger', () => {
    const pivoted: Table<{ src: 'text'; n: 'int32'; min: 'float64'; max: 'float64' }> = long.pivotWider({
      names: 'name',
      values: 'value',
      columns: ['min', 'max'],
    });
    tableEqual(pivoted, wide.select('src', 'n', 'min', 'max'));
    tableEqual(long.pivotWider({ names: 'name', values: 'value' }), pivoted);
  });

  it('aggregates what falls into one cell, by the columns asked for', () => {
    const pivoted: Table<{ src: 'text'; min: 'uint32'; max: 'uint32' }> = long
      .filter(({ value }) => value !== null)
      .concat(long)
      .pivotWider({ names: 'name', values: count(), by: ['src'], columns: ['min', 'max'] });
    expect(pivoted.toObjects()).to.deep.equal([
      { src: 'a', min: 2, max: 2 },
      { src: 'b', min: 1, max: 2 },
    ]);
    const means = long.pivotWider({ names: 'src', values: mean('value'), by: [] });
    expect(means.toObjects()).to.deep.equal([{ a: 1.5, b: 4 }]);
  });

  it('gives null where there is no row, and names a null', () => {
    const pivoted = long
      .slice(1, 4)
      .rename({ name: 'name' })
      .drop('n')
      .pivotWider({ names: 'src', values: 'value' });
    expect(pivoted.toObjects()).to.deep.equal([
      { name: 'min', b: null, a: null },
      { name: 'max', b: 4, a: 2 },
    ]);
    const named = fromRows({ k: 'boolean', v: 'int32' }, [
      { k: null, v: 1 },
      { k: true, v: 2 },
    ]);
    expect(named.pivotWider({ names: 'k', values: 'v', prefix: 'k_' }).row(0)).to.deep.equal({
      k_null: 1,
      k_true: 2,
    });
  });

  it('has the columns asked for also where there are no rows', () => {
    const pivoted = long.head(0).pivotWider({ names: 'name', values: 'value', columns: ['p50'] });
    tableEqual(pivoted, fromRows({ src: 'text', n: 'int32', p50: 'float64' }, []));
    expect(long.head(0).pivotWider({ names: 'name', values: 'value', by: [] }).rowCount).to.equal(0);
  });

  it('refuses what is ambiguous or unknown', () => {
    expect(() => long.pivotWider({ names: 'name', values: 'value', by: [] })).to.throw(
      RttsharkError,
      'Several rows have the same keys and the same "name", for "value".',
    );
    expect(() => long.pivotWider({ names: 'name', values: 'value', columns: ['min'] })).to.throw(
      RttsharkError,
      'The column "name" gives a column "max", which is none of "min".',
    );
    expect(() => long.pivotWider({ names: 'nam' as 'name', values: 'value' })).to.throw(
      RttsharkError,
      'mean "name"',
    );
    expect(() => long.pivotWider({ names: 'name', values: 'valu' as 'value' })).to.throw(
      RttsharkError,
      '"value"',
    );
    const clashing = fromRows({ k: 'text', v: 'int32', min: 'text' }, [{ k: 'min', v: 1, min: '' }]);
    expect(() => clashing.pivotWider({ names: 'k', values: 'v' })).to.throw(RttsharkError, 'called "min"');
  });
});
