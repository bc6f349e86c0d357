import { expect } from 'chai';
import fc from 'fast-check';
import { RowReader } from '../../src/capture/row-reader.ts';
import type { ColumnType, Schema } from '../../src/table/schema.ts';
import type { Extraction } from '../../src/tshark/column-extraction.ts';
import { joined, tableOf } from './tables.ts';
import { tableEqual } from '../support/table-equal.ts';
import { piecesOf } from './byte-chunks.ts';

const schema = { rtt: 'float64', port: 'uint32', offset: 'int32', time: 'time', name: 'text' } as const;
const types: readonly ColumnType[] = Object.values(schema);

/** The same rows in the plainest way: text cut at line ends and tabs, and JavaScript's own numbers. */
function reference(text: string, { extraction, quotesAreDoubled }: Form) {
  const lines = text.split('\n').slice(0, -1);
  const rows: unknown[][] = [];
  let [malformedRows, malformedValues] = [0, 0];
  for (const line of lines) {
    const printed = line.split('\t');
    const isTooLong = extraction === 'columns' && printed.some((field) => Buffer.byteLength(field) >= 1900);
    if (printed.length !== types.length || isTooLong) {
      malformedRows += 1;
      continue;
    }
    const row = printed.map((field, i) => {
      const said =
        extraction === 'columns' ? (field === '' ? null : field.replaceAll(',', '\u001f')) : unquoted(field);
      const value = said === null ? null : valueOf(types[i]!, said);
      malformedValues += Number(value === undefined);
      return value ?? null;
    });
    rows.push(row);
  }
  return { rows, malformedRows, malformedValues };

  function unquoted(field: string): string | null {
    const inner = /^"(.*)"$/su.exec(field)?.[1];
    if (inner === undefined) return field === '' ? null : field;
    return quotesAreDoubled ? inner.replaceAll('""', '"') : inner;
  }
}

/** Undefined for what is no value of the type, null for nothing. */
function valueOf(type: ColumnType, said: string): unknown {
  if (type === 'text') return said;
  if (said === '') return null;
  const last = said.split('\u001f').at(-1) ?? '';
  if (type === 'time') {
    const [, sign, seconds = '', fraction = ''] = /^(-?)(\d+)(?:\.(\d{1,9}))?$/.exec(last) ?? [];
    if (sign === undefined) return undefined;
    const size = BigInt(seconds) * 1_000_000_000n + BigInt(fraction.padEnd(9, '0'));
    const time = sign === '-' ? -size : size;
    return BigInt.asIntN(64, time) === time ? time : undefined;
  }
  const value = Number(last);
  if (last.trim() === '' || Number.isNaN(value)) return undefined;
  if (type === 'float64') return value;
  const array = type === 'int32' ? Int32Array.of(value) : Uint32Array.of(value);
  return array[0] === value ? value : undefined;
}

interface Form {
  readonly extraction: Extraction;
  readonly quotesAreDoubled: boolean;
}

const digits = fc.string({ unit: fc.integer({ min: 0, max: 9 }).map(String), maxLength: 18 });
/** Numbers in all forms that tshark prints, and some that it does not. */
const number = fc.oneof(
  fc
    .tuple(fc.constantFrom('', '-', '+', ' '), digits, fc.constantFrom('', '.'), digits)
    .map((parts) => parts.join('')),
  fc.integer({ min: -0x8000_0001, max: 0x1_0000_0000 }).map(String),
  fc.double().map(String),
  fc.nat().map((value) => `0x${value.toString(16)}`),
  fc
    .tuple(fc.integer({ min: 9_223_372_030, max: 9_223_372_040 }), fc.nat(999_999_999))
    .map((parts) => parts.join('.')),
  fc.constantFrom(
    '',
    '""',
    '"',
    '.',
    '1.',
    '.5',
    '-0',
    'Infinity',
    '1,2',
    '3\u001f4.5',
    '7\u001f',
    '""5""',
    '1_0',
  ),
);
const text = fc.oneof(
  fc.constantFrom(
    '10.0.0.1',
    '10.0.0.2',
    'eth:ethertype:ip:tcp',
    'x'.repeat(257),
    'a"b',
    'a""b',
    '\r',
    'ü🦈',
    '\ufeff',
  ),
  fc.string({ unit: 'binary', maxLength: 8 }).map((any) => any.replace(/[\t\n\p{Cs}]/gu, '')),
  fc.constantFrom('y'.repeat(1899), 'ü'.repeat(950)),
);
const fields = fc
  .tuple(number, number, number, number, text, fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }))
  .map(([rtt, port, offset, time, name, bare]) =>
    [rtt, port, offset, time, name].map((value, i) => (bare[i] === true ? value : `"${value}"`)).join('\t'),
  );
const line = fc.oneof(
  { weight: 9, arbitrary: fields },
  { weight: 1, arbitrary: fc.constantFrom('', '\t', '\t\t\t\t', '\t\t\t\t\t', 'x') },
);

describe('rows read straight from bytes', () => {
  it('are those of text that is cut at tabs, and of the numbers of JavaScript', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { maxLength: 40 }),
        fc.array(fc.nat(3000), { maxLength: 10 }),
        fc.record({
          extraction: fc.constantFrom<Extraction>('fields', 'columns'),
          quotesAreDoubled: fc.boolean(),
        }),
        async (lines, cuts, form) => {
          const printed = lines.map((each) => `${each}\n`).join('');
          const reader = new RowReader<Schema>({ schema, ...form, chunkRows: 8 });
          const chunks = [];
          for await (const chunk of reader.read(piecesOf(Buffer.from(printed), cuts))) chunks.push(chunk);
          const { rows, malformedRows, malformedValues } = reference(printed, form);
          tableEqual(joined<Schema>(schema, chunks), tableOf<Schema>(schema, rows));
          expect(reader.counts).to.deep.equal({
            rows: rows.length,
            malformedRows,
            malformedValues,
            cutShort: false,
          });
        },
      ),
      { numRuns: 300 },
    );
  });

  it('are so where there are more values than are remembered', async () => {
    const names = Array.from({ length: 150_000 }, (_, i) => `host-${i % 100_000}`);
    const one = { name: 'text' } as const;
    const reader = new RowReader({ schema: one, quotesAreDoubled: false });
    const read: (string | null)[] = [];
    for await (const chunk of reader.read(
      piecesOf(Buffer.from(names.map((name) => `${name}\n`).join('')), []),
    ))
      for (const name of chunk.column('name')) read.push(name);
    expect(read.length).to.equal(names.length);
    expect(read.findIndex((name, i) => name !== names[i])).to.equal(-1);
  });
});
