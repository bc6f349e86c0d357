import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import { fromArrow } from '../../src/arrow/from-arrow.ts';
import { occurrences, type Occurrence } from '../../src/capture/occurrence.ts';
import type { PartDecision } from '../../src/capture/part-decision.ts';
import { Extraction } from '../../src/extract/extraction.ts';
import { planExtraction } from '../../src/extract/extraction-plan.ts';
import { tableBytes } from '../../src/extract/table-bytes.ts';
import type { TableFormat } from '../../src/extract/table-formats.ts';
import { fromParquet } from '../../src/parquet/from-parquet.ts';
import { elementTypeOf, isListType } from '../../src/table/column-types.ts';
import type { ColumnType, Schema } from '../../src/table/schema.ts';
import type { Table } from '../../src/table/table.ts';
import { fixture } from '../support/run-command.ts';
import { sideBySide } from '../support/side-by-side.ts';

/** Every capture that can be read, also those that are cut short. */
const captures = readdirSync(fixture('.')).filter((name) => {
  return /\.pcap(?:ng)?(?:\.gz)?$/.test(name) && !/^(?:empty|plain-text|cut-in-file-header)\./.test(name);
});

/** Fields that few dissectors are needed for, those that all of them are, and those that every packet tells by itself. */
const fieldSets = [
  [
    'frame.number',
    'frame.time_epoch',
    'frame.protocols',
    'ip.src',
    'ipv6.dst',
    'tcp.len',
    'tcp.analysis.ack_rtt',
  ],
  [
    'frame.time_epoch',
    'eth.src',
    'ip.proto',
    'tcp.flags.syn',
    'tcp.stream',
    'tcp.payload',
    'http.host',
    'dns.qry.name',
  ],
  [
    'frame.time_epoch',
    'frame.interface_id',
    'eth.src',
    'ip.src',
    'ipv6.dst',
    'frame.number',
    'tcp.flags.syn',
    'tcp.seq_raw',
  ],
] as const;

/** The values that tshark, driven by hand, prints: no value is null, and several are several. */
async function plainRows(
  capture: string,
  fields: readonly string[],
  occurrence: Occurrence,
): Promise<(readonly string[] | null)[][]> {
  const form = ['separator=/t', 'quote=d', 'aggregator=\u001f', `occurrence=${occurrence[0]!}`];
  const args = ['-n', '-r', capture, '-T', 'fields', ...form.flatMap((option) => ['-E', option])];
  const env = { ...process.env, WIRESHARK_CONFIG_DIR: '/nonexistent' };
  const output = await new Promise<string>((resolve) => {
    execFile('tshark', [...args, ...fields.flatMap((field) => ['-e', field])], { env }, (_, stdout) => {
      resolve(stdout);
    });
  });
  const lines = output.split('\n').slice(0, -1);
  return lines.map((line) => {
    return line.split('\t').map((text) => (text === '' ? null : text.slice(1, -1).split('\u001f')));
  });
}

/** What a text of tshark's is in a column of this type, as JSON has it. */
function jsonOf(type: ColumnType, text: string): unknown {
  if (type === 'boolean') return text === '1' || text === 'True';
  if (type === 'float64' || type === 'uint32' || type === 'int32') return Number(text);
  return type === 'bytes' ? text.replaceAll(':', '') : text;
}

function expectedRow(schema: Schema, values: readonly (readonly string[] | null)[]): unknown[] {
  return Object.values(schema).map((type, at) => {
    const texts = values[at] ?? null;
    if (texts === null) return null;
    if (!isListType(type)) return jsonOf(type, texts[0]!);
    return texts.map((text) => jsonOf(elementTypeOf(type), text));
  });
}

function csvOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(csvOf).join(',');
  return typeof value === 'string' ? value : value === null ? '' : JSON.stringify(value);
}

interface Extracted {
  readonly tables: readonly Table[];
  readonly schema: Schema;
  readonly isInParts: boolean;
}

/** @param packetsPerTshark - where several are to follow each other */
async function extracted(
  capture: string,
  { fields, occurrence }: { readonly fields: readonly string[]; readonly occurrence: Occurrence },
  packetsPerTshark?: number,
): Promise<Extracted> {
  const plan = await planExtraction({ inputs: [capture], fields, occurrence });
  const decisions: PartDecision[] = [];
  const extraction = new Extraction(plan, {
    filter: undefined,
    packetsPerTshark,
    overlapPackets: packetsPerTshark === undefined ? undefined : Math.ceil(packetsPerTshark / 2),
    onParts: (_, decision) => decisions.push(decision),
  });
  const tables: Table[] = [];
  for await (const chunk of extraction) tables.push(chunk);
  return { tables, schema: plan.schema, isInParts: decisions[0]!.reason === null };
}

async function written({ tables, schema }: Extracted, format: TableFormat): Promise<Buffer> {
  async function* chunks(): AsyncGenerator<Table> {
    yield* tables;
    await Promise.resolve();
  }
  const pieces: Uint8Array[] = [];
  for await (const piece of tableBytes({ chunks: chunks(), schema }, format)) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** The rows of a table as JSON has them. */
function rowsOf(table: { toJsonLines(): string }): unknown[][] {
  const lines = table.toJsonLines().split('\n').slice(0, -1);
  return lines.map((line) => Object.values(JSON.parse(line) as Record<string, unknown>));
}

describe('what is extracted from every fixture', () => {
  it('is what tshark prints with -T fields, in every form', async function () {
    this.timeout(180_000);
    let inParts = 0;
    const rowCounts = await sideBySide([...captures.entries()], async ([i, name]) => {
      const set = i % fieldSets.length;
      const fields = fieldSets[set]!;
      const occurrence = occurrences[(i + Math.floor(i / 3)) % occurrences.length]!;
      const plain = await plainRows(fixture(name), fields, occurrence);
      const part = set === 2 ? Math.max(4, Math.ceil(plain.length * 0.6)) : undefined;
      const rows = await extracted(fixture(name), { fields, occurrence }, part);
      if (rows.isInParts) inParts += 1;
      const expected = plain.map((values) => expectedRow(rows.schema, values));
      const lines = (await written(rows, 'jsonl')).toString().split('\n').slice(0, -1);
      const objects = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
      expect(
        objects.map((row) => Object.keys(row)),
        name,
      ).to.deep.equal(objects.map(() => [...fields]));
      expect(
        objects.map((row) => Object.values(row)),
        name,
      ).to.deep.equal(expected);
      const records = parse((await written(rows, 'csv')).toString());
      expect(records, name).to.deep.equal([[...fields], ...expected.map((row) => row.map(csvOf))]);
      const forms = {
        arrow: fromArrow(await written(rows, 'arrow')),
        'arrow-stream': fromArrow(await written(rows, 'arrow-stream')),
        parquet: await fromParquet(await written(rows, 'parquet')),
      };
      for (const [form, table] of Object.entries(forms)) {
        expect(table.schema, `${form} of ${name}`).to.deep.equal(rows.schema);
        expect(rowsOf(table), `${form} of ${name}`).to.deep.equal(expected);
      }
      return plain.length;
    });
    expect(captures).to.have.length.above(50);
    expect(inParts).to.be.above(10);
    expect(rowCounts.filter((count) => count > 0)).to.have.length.above(45);
  });
});
