import { expect } from 'chai';
import { PendingRows } from '../../src/parquet/pending-rows.ts';
import { fromColumns } from '../../src/table/from-columns.ts';
import { fromRows } from '../../src/table/from-rows.ts';

describe('PendingRows', () => {
  function groupLengths(pending: PendingRows, tables: Parameters<PendingRows['add']>[0][]): number[] {
    const groups = [...tables.flatMap((table) => [...pending.add(table)]), ...pending.rest()];
    return groups.map((columns) => [...columns.values()][0]?.length ?? 0);
  }

  it('makes groups of just so many rows, however tables are cut', () => {
    const schema = { n: 'uint32' } as const;
    const table = (rows: number) => fromColumns(schema, { n: new Uint32Array(rows) });
    expect(groupLengths(new PendingRows(schema, 10), [3, 4, 25, 8].map(table))).to.deep.equal([
      10, 10, 10, 10,
    ]);
    expect(groupLengths(new PendingRows(schema, 10), [0, 11].map(table))).to.deep.equal([10, 1]);
  });

  it('makes smaller ones where texts are long, so that memory is bounded', () => {
    const schema = { payload: 'text' } as const;
    const long = (row: number) => fromRows(schema, [{ payload: `${row}`.repeat(10_000_000) }]);
    expect(groupLengths(new PendingRows(schema, 100), [1, 2, 3, 4, 5, 6, 7, 8, 9].map(long))).to.deep.equal([
      7, 2,
    ]);
  });
});
