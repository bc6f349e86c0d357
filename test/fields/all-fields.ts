import { CaptureReading } from '../../src/capture/capture-reading.ts';
import { fieldSchema, type FieldSchema } from '../../src/capture/field-schema.ts';
import type { Occurrence, RelativeTime } from '../../src/capture/occurrence.ts';
import type { Schema } from '../../src/table/schema.ts';
import type { AnyTable } from '../../src/table/table.ts';
import { loadFieldCatalogue } from '../../src/tshark/field-catalogue.ts';
import { findTshark, type Tshark } from '../../src/tshark/find-tools.ts';
import { runCommand } from '../support/run-command.ts';

/** A capture with every field that occurs in it. */
export interface WholeCapture {
  readonly path: string;
  readonly tshark: Tshark;
  /** In the order of their first occurrence. */
  readonly fields: readonly string[];
}

/** Every field of one capture as tables. */
export interface AllFields {
  readonly fields: FieldSchema;
  /** What the tables have, empty ones too. */
  readonly schema: Schema;
  readonly tables: readonly AnyTable[];
  /** Values that their columns do not take. */
  readonly malformedValues: number;
}

export interface Wanted {
  readonly occurrence: Occurrence;
  readonly relativeTime: RelativeTime;
}

/** What tshark prints apart from the user's configuration, in a time zone. */
export async function plainOutput(tshark: string, args: readonly string[], zone: string): Promise<string> {
  const env = { WIRESHARK_CONFIG_DIR: '/nonexistent', TZ: zone };
  const { stdout } = await runCommand(tshark, args, { env, longestRunMs: 300_000 });
  return stdout;
}

/** Finds the fields that occur in a capture: all that tshark knows and has in the full dissection of any packet. */
export async function wholeCapture(path: string, tsharkPath?: string): Promise<WholeCapture> {
  const tshark = await findTshark(tsharkPath);
  const catalogue = await loadFieldCatalogue(tshark);
  const pdml = await plainOutput(tshark.path, ['-n', '-r', path, '-T', 'pdml'], 'UTC0');
  const names = new Set(
    Array.from(pdml.matchAll(/<(?:field|proto) name="([^"]+)"/g), ([, name = '']) => name),
  );
  return { path, tshark, fields: [...names].filter((name) => catalogue.has(name)) };
}

/** Reads every field of every packet. */
export async function allFieldsOf(
  { path, tshark, fields: names }: WholeCapture,
  { occurrence, relativeTime }: Wanted,
): Promise<AllFields> {
  const fields = await fieldSchema(tshark, names, { occurrence, relativeTime });
  const reading = new CaptureReading({
    tshark,
    input: path,
    schema: fields.read,
    occurrence,
    configFolder: '/nonexistent',
  });
  const tables: AnyTable[] = [];
  for await (const table of reading) tables.push(table);
  const { malformedRows = 0, malformedValues = 0 } = reading.end ?? {};
  if (malformedRows > 0) throw new Error(`${malformedRows} rows of ${path} were not read`);
  return { fields, schema: fields.schema, tables, malformedValues };
}
