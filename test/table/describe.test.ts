import { expect } from 'chai';
import { fromRows } from '../../src/table/from-rows.ts';
import { everyType } from './arbitrary.ts';

const none = { mean: null, stddev: null, min: null, p25: null, p50: null, p75: null, max: null };

describe('describe', () => {
  it('says of each column what its values are like', () => {
    const table = fromRows({ src: 'text', n: 'int64', at: 'time' }, [
      { src: 'a', n: 1n, at: 1_500_000_000n },
      { src: 'a', n: 3n, at: 2_500_000_000n },
      { src: null, n: null, at: null },
    ]);
    const figures = { p25: 1.5, p50: 2, p75: 2.5 };
    expect(table.describe().toObjects()).to.deep.equal([
      { column: 'src', type: 'text', count: 2, nulls: 1, distinct: 1, ...none },
      {
        column: 'n',
        type: 'int64',
        count: 2,
        nulls: 1,
        distinct: 2,
        mean: 2,
        stddev: Math.SQRT2,
        min: 1,
        ...figures,
        max: 3,
      },
      {
        ...{ column: 'at', type: 'time', count: 2, nulls: 1, distinct: 2, mean: 2, stddev: Math.SQRT1_2 },
        ...{ min: 1.5, p25: 1.75, p50: 2, p75: 2.25, max: 2.5 },
      },
    ]);
  });

  it('has a row for every column of an empty table', () => {
    const described = fromRows(everyType, []).describe();
    expect(described.column('type').toArray()).to.deep.equal(Object.values(everyType));
    for (const row of described.rows()) expect(row).to.include({ count: 0, nulls: 0, distinct: 0, ...none });
  });

  it('counts NaN as a value', () => {
    const described = fromRows({ x: 'float64' }, [{ x: NaN }, { x: 1 }]).describe();
    expect(described.row(0)).to.include({ count: 2, distinct: 2 });
    expect(described.row(0).mean).to.be.NaN;
    expect(described.row(0).max).to.be.NaN;
  });
});
