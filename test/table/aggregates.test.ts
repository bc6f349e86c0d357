import { expect } from 'chai';
import fc from 'fast-check';
import { RttsharkError } from '../../src/errors.ts';
import {
  count,
  distinctCount,
  first,
  last,
  max,
  mean,
  median,
  min,
  quantile,
  stddev,
  sum,
  variance,
} from '../../src/table/aggregates.ts';
import type { Aggregate } from '../../src/table/aggregate.ts';
import type { Column } from '../../src/table/column.ts';
import { columnOf } from '../../src/table/column-builder.ts';
import type { ColumnType, ValueOf } from '../../src/table/schema.ts';
import { Table } from '../../src/table/table.ts';

/** The aggregate of one column named x. */
function of<T extends ColumnType>(
  aggregate: Aggregate<'x' | undefined>,
  type: T,
  values: readonly (ValueOf<T> | null)[],
): unknown {
  return new Table({ x: columnOf(type, values) })
    .groupBy()
    .aggregate({ result: aggregate })
    .column('result')
    .get(0);
}

describe('aggregates', () => {
  const numbers = [3, null, 1, 2, 2];
  const cases: [name: string, result: unknown, expected: unknown][] = [
    ['count of rows', of(count(), 'float64', numbers), 5],
    ['count of values', of(count('x'), 'float64', numbers), 4],
    ['sum', of(sum('x'), 'float64', numbers), 8],
    ['mean', of(mean('x'), 'float64', numbers), 2],
    ['variance', of(variance('x'), 'float64', numbers), 2 / 3],
    ['stddev', of(stddev('x'), 'float64', numbers), Math.sqrt(2 / 3)],
    ['min', of(min('x'), 'float64', numbers), 1],
    ['max', of(max('x'), 'float64', numbers), 3],
    ['first', of(first('x'), 'float64', [null, ...numbers]), 3],
    ['last', of(last('x'), 'float64', [...numbers, null]), 2],
    ['distinctCount', of(distinctCount('x'), 'float64', numbers), 3],
    ['median', of(median('x'), 'float64', numbers), 2],
    ['quantile 0', of(quantile('x', 0), 'float64', numbers), 1],
    ['quantile 1', of(quantile('x', 1), 'float64', numbers), 3],
    ['quantile 0.9', of(quantile('x', 0.9), 'float64', [0, 10]), 9],
    [
      'quantile to the last digit of numpy',
      of(quantile('x', 0.9), 'float64', [7.1, 13.3]),
      12.680000000000001,
    ],
    ['mean of int32', of(mean('x'), 'int32', [1, 2]), 1.5],
    ['sum of uint32 beyond 32 bits', of(sum('x'), 'uint32', [2 ** 32 - 1, 2 ** 32 - 1]), 2 ** 33 - 2],
    ['sum of int64, exact', of(sum('x'), 'int64', [2n ** 53n, 1n, null]), 2n ** 53n + 1n],
    ['sum of uint64, exact', of(sum('x'), 'uint64', [2n ** 63n, 1n]), 2n ** 63n + 1n],
    ['mean of int64', of(mean('x'), 'int64', [-1n, 2n]), 0.5],
    ['variance of int64 far from 0', of(variance('x'), 'int64', [2n ** 62n, 2n ** 62n + 2n]), 2],
    ['median of int64', of(median('x'), 'int64', [-5n, 10n, 1n]), 1],
    ['min of int64', of(min('x'), 'int64', [2n ** 53n + 1n, 2n ** 53n]), 2n ** 53n],
    ['max of time', of(max('x'), 'time', [1n, 3n, null, 2n]), 3n],
    ['min of text', of(min('x'), 'text', ['b', 'a', null, 'c']), 'a'],
    ['max of text, empty before others', of(max('x'), 'text', ['', null]), ''],
    ['max of boolean', of(max('x'), 'boolean', [false, true, null]), true],
    ['first of text', of(first('x'), 'text', [null, '', 'a']), ''],
    ['last of time', of(last('x'), 'time', [1n, 2n, null]), 2n],
    ['distinctCount of text', of(distinctCount('x'), 'text', ['', null, 'a', '']), 2],
    ['distinctCount of NaN and zeros', of(distinctCount('x'), 'float64', [NaN, NaN, 0, -0]), 2],
    ['min with NaN', of(min('x'), 'float64', [1, NaN, 2]), NaN],
    ['mean with NaN', of(mean('x'), 'float64', [1, NaN]), NaN],
    ['median with NaN', of(median('x'), 'float64', [1, NaN, 0]), NaN],
    ['stddev of equal values', of(stddev('x'), 'float64', [0.1, 0.1, 0.1]), 0],
    ['median of infinities', of(median('x'), 'float64', [Infinity, Infinity]), Infinity],
  ];
  for (const [name, result, expected] of cases) {
    it(`${name} is ${String(expected)}`, () => {
      expect(result).to.deep.equal(expected);
    });
  }

  for (const values of [[], [null, null]]) {
    it(`of ${values.length} rows without a value do not exist, but for sum and counts`, () => {
      for (const none of [mean, variance, stddev, min, max, first, last, median]) {
        expect(of(none('x'), 'float64', values), none.name).to.equal(null);
      }
      expect(of(sum('x'), 'float64', values)).to.equal(0);
      expect(of(count('x'), 'float64', values)).to.equal(0);
      expect(of(count(), 'float64', values)).to.equal(values.length);
      expect(of(distinctCount('x'), 'float64', values)).to.equal(0);
    });
  }

  it('have no variance and no standard deviation of one value', () => {
    expect(of(variance('x'), 'float64', [1, null])).to.equal(null);
    expect(of(stddev('x'), 'float64', [1, null])).to.equal(null);
  });

  it('give the variance of values that lie close together, far from zero', () => {
    const steps = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 2, maxLength: 50 });
    fc.assert(
      fc.property(steps, fc.constantFrom(0, 1e9, -1e12), (offsets, far) => {
        const n = BigInt(offsets.length);
        const total = offsets.reduce((all, next) => all + BigInt(next), 0n);
        const squares = offsets.reduce((all, next) => all + BigInt(next) ** 2n, 0n);
        const reference = Number(n * squares - total * total) / Number(n * (n - 1n)) / 1024 ** 2;
        const values = offsets.map((offset) => far + offset / 1024);
        expect(of(variance('x'), 'float64', values)).to.be.closeTo(reference, 1e-12 * reference);
      }),
    );
  });

  it('give quantiles that never fall as q grows, and lie on the values at their own places', () => {
    const values = fc.array(fc.double({ noNaN: true, min: -1e9, max: 1e9 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(
        values,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (x, p, q) => {
          const [low, high] = [Math.min(p, q), Math.max(p, q)];
          expect(of(quantile('x', low), 'float64', x)).to.be.at.most(
            of(quantile('x', high), 'float64', x) as number,
          );
          const sorted = x.toSorted((a, b) => a - b);
          expect(of(quantile('x', 1), 'float64', x)).to.equal(sorted.at(-1));
          expect(of(median('x'), 'float64', [...x, ...x, x[0]!])).to.be.oneOf(x);
        },
      ),
    );
  });

  for (const q of [-0.1, 1.1, NaN]) {
    it(`know no quantile ${q}`, () => {
      expect(() => quantile('x', q)).to.throw(RttsharkError, `between 0 and 1, not at ${q}`);
    });
  }

  it('refuse a sum that does not fit', () => {
    expect(() => of(sum('x'), 'int64', [2n ** 63n - 1n, 1n])).to.throw(RttsharkError, '"int64"');
  });

  it('name the aggregate, column and type where they do not go together', () => {
    expect(() => of(mean('x'), 'text', ['a'])).to.throw(
      RttsharkError,
      'The aggregate "mean" cannot read column "x" of type "text"; it takes float64, int32, uint32, int64, uint64, time, duration.',
    );
  });

  it('cannot have text sorted for them', () => {
    const middle = { name: 'middle', column: 'x', result: 'text', sorted: true, of: () => '' } as const;
    expect(() => of(middle, 'text', ['a'])).to.throw(
      RttsharkError,
      'The aggregate "middle" cannot read column "x"',
    );
    expect(of(middle, 'float64', [1])).to.equal('');
  });

  it('can be written by users, for values or for row numbers', () => {
    const range = {
      name: 'range',
      column: 'x',
      result: { float64: 'float64' },
      sorted: true,
      of: ({ values }: Column<'float64'>) => (values.at(-1) ?? 0) - (values.at(0) ?? 0),
    } as const;
    const rows = {
      name: 'rows',
      column: undefined,
      result: 'text',
      of: (numbers: Column<'uint32'>) => numbers.toArray().join(' '),
    } as const;
    const table = new Table({ key: columnOf('text', ['a', 'b', 'a']), x: columnOf('float64', [5, 1, 3]) });
    expect(table.groupBy('key').aggregate({ range, rows }).toObjects()).to.deep.equal([
      { key: 'a', range: 2, rows: '0 2' },
      { key: 'b', range: 0, rows: '1' },
    ]);
  });
});
