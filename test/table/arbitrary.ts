import fc from 'fast-check';
import { columnTypes } from '../../src/table/column-types.ts';
import { fromRows } from '../../src/table/from-rows.ts';
import type { ColumnType, RowOf, ScalarType, ValueOf } from '../../src/table/schema.ts';

const anyScalar: { readonly [T in ScalarType]: fc.Arbitrary<ValueOf<T>> } = {
  float64: fc.oneof(fc.double(), fc.constantFrom(NaN, 0, -0, Infinity, -Infinity, 5e-324)),
  int32: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  uint32: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  int64: fc.oneof(
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
    fc.constantFrom(2n ** 63n - 1n, -(2n ** 63n), 2n ** 53n + 1n),
  ),
  uint64: fc.oneof(
    fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
    fc.constantFrom(2n ** 64n - 1n, 2n ** 53n + 1n),
  ),
  text: fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('', ' ', '"', ',', '\r\n', '\n', 'null', 'NaN', '0', '__proto__', 'ü', '\u{1f600}'),
  ),
  boolean: fc.boolean(),
  time: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  duration: fc.oneof(
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
    fc.constantFrom(0n, -1n, -500_000_000n, 86_400_000_000_000n),
  ),
  bytes: fc.uint8Array({ maxLength: 5 }),
};

function anyList<E extends ScalarType>(type: E): fc.Arbitrary<readonly ValueOf<E>[]> {
  return fc.array(anyScalar[type], { maxLength: 4 });
}

/** Any value of each type, with those that are easily mistaken for another more often than chance has them. */
export const anyValue: { readonly [T in ColumnType]: fc.Arbitrary<ValueOf<T>> } = {
  ...anyScalar,
  'list<float64>': anyList('float64'),
  'list<int32>': anyList('int32'),
  'list<uint32>': anyList('uint32'),
  'list<int64>': anyList('int64'),
  'list<uint64>': anyList('uint64'),
  'list<text>': anyList('text'),
  'list<boolean>': anyList('boolean'),
  'list<time>': anyList('time'),
  'list<duration>': anyList('duration'),
  'list<bytes>': anyList('bytes'),
};

export { columnTypes };

/** A column's values, with nulls among them. */
export function anyValues<T extends ColumnType>(type: T): fc.Arbitrary<(ValueOf<T> | null)[]> {
  return fc.array(fc.option(anyValue[type]), { maxLength: 40 });
}

/** A column of each type, called as it is. */
export const everyType = Object.fromEntries(columnTypes.map((type) => [type, type])) as {
  readonly [T in ColumnType]: T;
};

export const anyRow = fc.record(
  Object.fromEntries(columnTypes.map((type) => [type, fc.option<unknown>(anyValue[type])])),
) as fc.Arbitrary<RowOf<typeof everyType>>;

export const anyTable = fc.array(anyRow, { maxLength: 30 }).map((rows) => fromRows(everyType, rows));

/** The same without what CSV cannot tell apart: commas in texts of a list, a list of one empty value from an empty list. */
export const anyTableForCsv = fc.array(anyRow, { maxLength: 30 }).map((rows) =>
  fromRows(
    everyType,
    rows.map((row) => ({
      ...row,
      'list<text>': row['list<text>']?.map((text) => text.replaceAll(',', ';') || 'x') ?? null,
      'list<bytes>': row['list<bytes>']?.filter((bytes) => bytes.length > 0) ?? null,
    })),
  ),
);

/** Rows with few distinct keys of several types, so that groups and ties occur. */
export const keySchema = { a: 'text', b: 'float64', c: 'int64', d: 'boolean', row: 'uint32' } as const;

export const keyRows: fc.Arbitrary<RowOf<typeof keySchema>[]> = fc
  .array(
    fc.record({
      a: fc.option(fc.constantFrom('', 'a', 'b', 'ab', 'null')),
      b: fc.option(fc.constantFrom(NaN, 0, -0, -1, 1.5, Infinity, -Infinity)),
      c: fc.option(fc.constantFrom(0n, -1n, 2n ** 53n, 2n ** 53n + 1n)),
      d: fc.option(fc.boolean()),
    }),
    { maxLength: 60 },
  )
  .map((rows) => rows.map((row, index) => ({ ...row, row: index })));

/** What pandas can hold without a loss: no NaN, for which it has one value together with null. */
export const pandasSchema = {
  key: 'text',
  port: 'int32',
  x: 'float64',
  n: 'int64',
  flag: 'boolean',
  time: 'time',
} as const;

const second = 1_000_000_000n;

/** Tables of a few keys, with nulls everywhere, and floats that add up without a rounding. */
export const pandasTable = fc
  .array(
    fc.record({
      key: fc.option(fc.constantFrom('a', 'b', 'c')),
      port: fc.option(fc.constantFrom(22, 53, 443)),
      x: fc.option(fc.integer({ min: -4000, max: 4000 }).map((eighths) => eighths / 8)),
      n: fc.option(fc.constantFrom(-3n, 0n, 7n, 2n ** 53n + 1n)),
      flag: fc.option(fc.boolean()),
      time: fc.option(
        fc
          .integer({ min: 0, max: 600 })
          .map((tenths) => 1_700_000_000n * second + BigInt(tenths) * 100_000_000n),
      ),
    }),
    { maxLength: 40 },
  )
  .map((rows) => fromRows(pandasSchema, rows));
