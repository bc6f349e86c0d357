import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { expect } from 'chai';
import type { Occurrence } from '../../src/capture/occurrence.ts';
import type { AnyTable } from '../../src/table/table.ts';
import { isAtLeast } from '../../src/tshark/version.ts';
import { fixture, projectFolder, runCommand } from '../support/run-command.ts';
import { allFieldsOf, plainOutput, wholeCapture, type Wanted, type WholeCapture } from './all-fields.ts';
import { expectSameElsewhere } from './same-elsewhere.ts';

/** Other versions of tshark to be read too, as `make test-matrix` names them. */
const tsharks = (process.env['RTTSHARK_TEST_TSHARKS'] ?? '').split(' ').filter((each) => each !== '');
const corpus = process.env['RTTSHARK_CORPUS'];

/** Every so many captures of the corpus are enough by default. */
const sampleEvery = 6;

const wanted: readonly Wanted[] = [
  { occurrence: 'all', relativeTime: 'nanoseconds' },
  { occurrence: 'last', relativeTime: 'seconds' },
  { occurrence: 'first', relativeTime: 'nanoseconds' },
];

/** What one column should be: its type for single values, and the values of its rows by number. Times are nanoseconds. */
interface ExpectedColumn {
  readonly field: string;
  readonly type: string;
  readonly rows: number;
  readonly values: Readonly<Record<string, readonly string[]>>;
}

interface ExpectedValues extends Pick<ExpectedColumn, 'type' | 'values'> {
  /** Rows with a time that no column holds: they are null, and counted. */
  readonly outside: number;
}

let folder: string;
const zoneBefore = process.env['TZ'];

before(() => {
  // What rttshark starts must not print times of the place where it runs.
  process.env['TZ'] = 'America/St_Johns';
  folder = mkdtempSync(path.join(tmpdir(), 'rttshark-all-fields-'));
});

after(() => {
  if (zoneBefore === undefined) delete process.env['TZ'];
  else process.env['TZ'] = zoneBefore;
  rmSync(folder, { recursive: true, force: true });
});

const glossaries = new Map<string, string>();

/** A file with tshark's list of fields. */
async function glossaryOf(tshark: string): Promise<string> {
  const known = glossaries.get(tshark);
  if (known !== undefined) return known;
  const glossary = path.join(folder, `glossary-${glossaries.size}`);
  writeFileSync(glossary, await plainOutput(tshark, ['-G', 'fields'], 'UTC0'));
  glossaries.set(tshark, glossary);
  return glossary;
}

/** What tshark prints, driven plainly and read by Python. */
async function expectedColumns({ path: capture, tshark, fields }: WholeCapture): Promise<ExpectedColumn[]> {
  const separated = ['-E', 'separator=/t', '-E', 'quote=d', '-E', 'occurrence=a', '-E', 'aggregator=\u001f'];
  const asked = fields.flatMap((field) => ['-e', field]);
  const printed = await plainOutput(
    tshark.path,
    ['-n', '-r', capture, '-T', 'fields', ...separated, ...asked],
    'UTC0',
  );
  const rows = path.join(folder, 'rows');
  writeFileSync(rows, printed);
  const quotes = isAtLeast(tshark.version, '4.3') ? 'doubled' : 'plain';
  const script = path.join(projectFolder, 'test/fields/printed-values.py');
  const read = await runCommand('python3', [script, await glossaryOf(tshark.path), rows, quotes, ...fields]);
  expect(read.status, read.stderr).to.equal(0);
  return read.stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as ExpectedColumn);
}

function textOf(value: unknown): string {
  return value instanceof Uint8Array ? Buffer.from(value).toString('hex') : String(value);
}

/** The values of a column, as texts in a list, by the numbers of rows that have any. */
function valuesOf(tables: readonly AnyTable[], name: string): Record<string, readonly string[]> {
  const values: Record<string, readonly string[]> = {};
  let base = 0;
  for (const table of tables) {
    const column = table.column(name);
    for (let row = 0; row < table.rowCount; row++) {
      const value: unknown = column.get(row);
      if (value !== null) values[base + row] = Array.isArray(value) ? value.map(textOf) : [textOf(value)];
    }
    base += table.rowCount;
  }
  return values;
}

function chosen(values: readonly string[], occurrence: Occurrence): readonly string[] {
  if (occurrence === 'all') return values;
  return occurrence === 'first' ? values.slice(0, 1) : values.slice(-1);
}

function fits64Bits(nanoseconds: string): boolean {
  return BigInt.asIntN(64, BigInt(nanoseconds)) === BigInt(nanoseconds);
}

/** A column as it should be for what is wanted. JavaScript and Python print doubles in different forms. */
function inWay({ type, values }: ExpectedColumn, { occurrence, relativeTime }: Wanted): ExpectedValues {
  const isSeconds = type === 'duration' && relativeTime === 'seconds';
  const single = isSeconds ? 'float64' : type;
  const print = (text: string) =>
    single === 'float64' ? String(Number(isSeconds ? `${text}e-9` : text)) : text;
  const rows = Object.entries(values)
    .filter(([, found]) => occurrence === 'all' || found.length > 0)
    .map(([row, found]) => [row, chosen(found, occurrence)] as const);
  const isTime = type === 'time' || (type === 'duration' && !isSeconds);
  const held = rows.filter(([, found]) => !isTime || found.every(fits64Bits));
  return {
    type: occurrence === 'all' ? `list<${single}>` : single,
    values: Object.fromEntries(held.map(([row, found]) => [row, found.map(print)])),
    outside: rows.length - held.length,
  };
}

async function expectSame(capture: WholeCapture, ways: readonly Wanted[]): Promise<void> {
  const expected = await expectedColumns(capture);
  for (const way of ways) {
    const { schema, tables, malformedValues } = await allFieldsOf(capture, way);
    const outside = expected.reduce((sum, column) => sum + inWay(column, way).outside, 0);
    expect(malformedValues, `malformed values, ${way.occurrence}`).to.equal(outside);
    expect(Object.keys(schema)).to.deep.equal(capture.fields);
    expect(tables.reduce((sum, { rowCount }) => sum + rowCount, 0)).to.equal(expected[0]?.rows);
    for (const column of expected) {
      const { field } = column;
      const { type, values } = inWay(column, way);
      expect(schema[field], `${field}, ${way.occurrence}`).to.equal(type);
      const found = valuesOf(tables, field);
      // Comparing first: chai prepares its message for every value, and there are millions.
      if (!isDeepStrictEqual(found, values))
        expect(found, `${field}, ${way.occurrence}`).to.deep.equal(values);
    }
    await expectSameElsewhere(schema, tables);
  }
}

/** Fixtures of many packets with the same few fields, and those that are cut short or no captures. */
const leftOut =
  /^(?:demo|recorded-iperf3|recorded-vnc|ring_|cut-|bad-|empty|plain-text|no-packets|.*\.json$|.*\.(?:gz|lz4|zst)$)/;

/** One capture with the packets of nearly all fixtures. */
async function mergedFixtures(): Promise<string> {
  const names = readdirSync(fixture('')).filter((name) => !leftOut.test(name));
  const merged = path.join(folder, 'fixtures.pcapng');
  const { status, stderr } = await runCommand('mergecap', [
    '-a',
    '-F',
    'pcapng',
    '-w',
    merged,
    ...names.map(fixture),
  ]);
  expect(status, stderr).to.equal(0);
  return merged;
}

describe('every field of every packet', () => {
  for (const tshark of [undefined, ...tsharks]) {
    const by = tshark === undefined ? '' : `, with ${tshark}`;
    it(`of the fixtures is what tshark prints, in Arrow and Parquet too${by}`, async function () {
      this.timeout(120_000);
      await expectSame(await wholeCapture(await mergedFixtures(), tshark), wanted);
    });

    if (corpus === undefined) continue;
    const names = readdirSync(corpus).filter((name) => !/\.(?:md|txt|json)$/.test(name));
    const some = tsharks.length > 0 ? names : names.filter((_, i) => i % sampleEvery === 0);
    for (const [i, name] of some.entries()) {
      it(`of ${name} is what tshark prints${by}`, async function () {
        this.timeout(120_000);
        const ways = tsharks.length > 0 ? wanted : wanted.slice(i % wanted.length, (i % wanted.length) + 1);
        await expectSame(await wholeCapture(path.join(corpus, name), tshark), ways);
      });
    }
  }
});
