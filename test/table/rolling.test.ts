import fc from 'fast-check';
import { max, mean, min, sum } from '../../src/table/aggregates.ts';
import type { Aggregate } from '../../src/table/aggregate.ts';
import { columnOf } from '../../src/table/column-builder.ts';
import { rolling } from '../../src/table/rolling.ts';
import { Table } from '../../src/table/table.ts';
import { tableEqual } from '../support/table-equal.ts';

/** Sums of these are exact in any order. */
const values = fc.array(fc.option(fc.constantFrom(NaN, Infinity, -0, 0, 1.5, -2, 7)), { maxLength: 50 });

const aggregates: readonly Aggregate<'x', { readonly float64: 'float64' }>[] = [
  sum('x'),
  mean('x'),
  min('x'),
  max('x'),
];

describe('rolling', () => {
  for (const aggregate of aggregates) {
    it(`${aggregate.name} is the same, value by value and as it slides`, () => {
      const { name, column, result } = aggregate;
      const slow = { name, column, result, of: aggregate.of.bind(aggregate) };
      fc.assert(
        fc.property(
          values,
          fc.integer({ min: 1, max: 12 }),
          fc.integer({ min: 0, max: 3 }),
          (x, rows, minimum) => {
            const table = new Table({ x: columnOf('float64', x) });
            const rolled = (over: typeof aggregate) =>
              table
                .window({ y: rolling(over, { rows, minimum }) })
                // −0 and 0 are one value, and which of them comes of both is left open.
                .derive({ y: { type: 'float64', value: ({ y }) => (y === 0 ? 0 : y) } });
            tableEqual(rolled(aggregate), rolled(slow));
          },
        ),
      );
    });
  }
});
