import { expect } from 'chai';
import fc from 'fast-check';
import { columnOf } from '../../src/table/column-builder.ts';
import { fromRows } from '../../src/table/from-rows.ts';
import { desc } from '../../src/table/order-by.ts';
import type { ColumnType, ValueOf } from '../../src/table/schema.ts';
import { Table } from '../../src/table/table.ts';
import { anyValues, columnTypes, keyRows, keySchema } from './arbitrary.ts';

type Value = ValueOf<ColumnType>;

/** Orders as orderBy says it does, by comparison. */
function compare(a: Value | null, b: Value | null, descending: boolean): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  const [x, y] = descending ? [b, a] : [a, b];
  if (typeof x === 'object' && typeof y === 'object') {
    for (const [at, element] of x.entries()) {
      if (at >= y.length) return 1;
      const difference = compare(element, y[at] ?? null, false);
      if (difference !== 0) return difference;
    }
    return x.length - y.length;
  }
  if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(x)) - Number(Number.isNaN(y));
  if (x === y) return 0;
  return x < y ? -1 : 1;
}

describe('order-by', () => {
  for (const type of columnTypes) {
    for (const descending of [false, true]) {
      it(`sorts ${type} ${descending ? 'down' : 'up'} as comparing does, stably, nulls last`, () => {
        fc.assert(
          fc.property(anyValues(type), (values) => {
            const rows = columnOf('uint32', values.keys());
            const table = new Table({ key: columnOf(type, values), row: rows });
            const sorted = table.orderBy(descending ? desc('key') : 'key');
            const reference = [...rows].sort((a, b) =>
              compare(values[a ?? 0] ?? null, values[b ?? 0] ?? null, descending),
            );
            expect(sorted.column('row').toArray()).to.deep.equal(reference);
          }),
        );
      });
    }
  }

  it('sorts by several keys, each up or down', () => {
    const name = fc.constantFrom('a', 'b', 'c', 'd');
    const keys = fc.array(fc.record({ name, descending: fc.boolean() }), { maxLength: 4 });
    fc.assert(
      fc.property(keyRows, keys, (rows, order) => {
        const sorted = fromRows(keySchema, rows).orderBy(
          ...order.map((key) => (key.descending ? desc(key.name) : key.name)),
        );
        const reference = rows.toSorted((left, right) => {
          for (const key of order) {
            const difference = compare(left[key.name], right[key.name], key.descending);
            if (difference !== 0) return difference;
          }
          return 0;
        });
        expect(sorted.column('row').toArray()).to.deep.equal(reference.map(({ row }) => row));
      }),
    );
  });

  it('sorts more rows than a digit has values', () => {
    const values = Array.from({ length: 70_000 }, (_, row) => Math.imul(row, 0x9e3779b1));
    const table = new Table({ x: columnOf('int32', values) });
    expect(table.orderBy('x').column('x').toArray()).to.deep.equal(values.toSorted((a, b) => a - b));
  });
});
