import type { AnyTable } from '../../src/table/table.ts';

const most = 5;

/**
 * Throws, with the first differences in words, unless both tables have the same columns in the same order, of the same
 * types, and the same values. NaN equals NaN; null, NaN and '' differ, and so do 0 and −0.
 */
export function tableEqual(actual: AnyTable, expected: AnyTable): void {
  const differences = [...differencesOf(actual, expected)];
  if (differences.length === 0) return;
  const more = differences.length > most ? [`and ${differences.length - most} more`] : [];
  throw new Error(['The tables differ:', ...differences.slice(0, most), ...more].join('\n  '));
}

function* differencesOf(actual: AnyTable, expected: AnyTable): Generator<string> {
  const schemas = [actual, expected].map(({ schema }) => describe(Object.entries(schema)));
  if (schemas[0] !== schemas[1]) {
    yield `columns: ${schemas[0]}, expected ${schemas[1]}`;
    return;
  }
  if (actual.rowCount !== expected.rowCount) yield `${actual.rowCount} rows, expected ${expected.rowCount}`;
  for (let row = 0; row < Math.min(actual.rowCount, expected.rowCount); row++) {
    for (const name of expected.columnNames) {
      const [is, should] = [actual.column(name).get(row), expected.column(name).get(row)];
      if (!sameValue(is, should)) yield `row ${row}, "${name}": ${show(is)}, expected ${show(should)}`;
    }
  }
}

/** As `Object.is` has it, for lists and bytes element by element. */
export function sameValue(one: unknown, other: unknown): boolean {
  if (isSequence(one) && isSequence(other)) {
    return one.length === other.length && one.every((element, at) => sameValue(element, other[at]));
  }
  return Object.is(one, other);
}

function isSequence(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) || value instanceof Uint8Array;
}

function describe(entries: [name: string, type: string][]): string {
  return entries.map(([name, type]) => `"${name}" ${type}`).join(', ');
}

function show(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (isSequence(value)) return `[${Array.from(value, show).join(', ')}]`;
  if (typeof value === 'bigint') return `${value}n`;
  return Object.is(value, -0) ? '-0' : String(value);
}
