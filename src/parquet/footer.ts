import { schemaMessage } from '../arrow/messages.ts';
import type { SchemaNotes, TimeForm } from '../arrow/arrow-schema.ts';
import { joinBytes } from '../arrow/join-bytes.ts';
import type { Schema } from '../table/schema.ts';
import { compactBytes, i32, i64, list, struct, text } from './compact-writer.ts';
import type { CompactValue } from './compact-writer.ts';
import { magic } from './format.ts';
import { schemaElements } from './schema-elements.ts';

interface FooterNotes extends SchemaNotes {
  readonly times?: TimeForm | undefined;
}

/** Metadata, its length, and the four bytes that end a file. */
export function fileFooter(
  schema: Schema,
  notes: FooterNotes,
  rowCount: number,
  rowGroups: readonly CompactValue[],
): Uint8Array {
  const metadata = compactBytes({
    1: i32(2),
    2: list('struct', schemaElements(schema, notes.times ?? 'nanoseconds')),
    3: i64(rowCount),
    4: list('struct', rowGroups),
    5: list('struct', keyValues(schema, notes)),
    6: text('rttshark'),
    // Statistics count only where it is said that they are in the order of the column's type.
    7: list(
      'struct',
      Object.keys(schema).map(() => struct({ 1: struct({}) })),
    ),
  });
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, metadata.length, true);
  return joinBytes([metadata, length, magic]);
}

/** The key under which readers that know Arrow look for types that Parquet has not. */
export const arrowSchemaKey = 'ARROW:schema';
const descriptionsKey = 'rttshark.columns';

function keyValues(schema: Schema, notes: FooterNotes): CompactValue[] {
  const { metadata = {}, fieldDescriptions = {} } = notes;
  const arrow = Buffer.from(schemaMessage(schema, notes, notes.times ?? 'nanoseconds').bytes).toString(
    'base64',
  );
  const columns = Object.entries(schema).map(([name, type]) => [
    name,
    { columnType: type, ...(Object.hasOwn(fieldDescriptions, name) ? fieldDescriptions[name] : {}) },
  ]);
  const entries = [
    ...Object.entries(metadata),
    [descriptionsKey, JSON.stringify(Object.fromEntries(columns))],
    [arrowSchemaKey, arrow],
  ] as const;
  return entries.map(([key, value]) => struct({ 1: text(key), 2: text(value) }));
}
