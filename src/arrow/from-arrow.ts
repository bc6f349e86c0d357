import { RttsharkError } from '../errors.ts';
import { concatColumns } from '../table/concat.ts';
import type { Column } from '../table/column.ts';
import { Table } from '../table/table.ts';
import { ColumnBuilder } from '../table/column-builder.ts';
import type { Schema } from '../table/schema.ts';
import { ArrowField } from './arrow-field.ts';
import { BatchReader, refuseCompression } from './batch-reader.ts';
import type { Dictionaries } from './batch-reader.ts';
import type { FlatView } from './flat-view.ts';
import { headerOf } from './format.ts';
import { footerSchema, messagesIn } from './read-messages.ts';

/**
 * The table of an Arrow file or stream, whoever wrote it.
 *
 * Types come as the column type that holds all of their values: smaller integers and floats as wider ones, dates as
 * times, dictionaries as what they hold.
 *
 * Throws RttsharkError `input_unreadable` for what is no Arrow, is cut short, is compressed, or has a column of a type
 * that no table has.
 */
export function fromArrow(bytes: Uint8Array): Table {
  try {
    // A Buffer's own slice is no copy, as that of other arrays is.
    return readTable(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  } catch (error) {
    // What lies outside of the bytes.
    if (!(error instanceof RangeError)) throw error;
    throw new RttsharkError('input_unreadable', 'The Arrow data is damaged or cut short.', { cause: error });
  }
}

function readTable(bytes: Uint8Array): Table {
  let fields = fieldsOf(footerSchema(bytes));
  const dictionaries: Dictionaries = new Map();
  const batches: Column[][] = [];
  for (const { header, content, body } of messagesIn(bytes)) {
    if (header === headerOf.schema) {
      fields = fieldsOf(content);
      continue;
    }
    if (fields === undefined) throw noArrow();
    if (header === headerOf.dictionaryBatch) readDictionary(fields, dictionaries, content, body);
    else if (header === headerOf.recordBatch) {
      const reader = new BatchReader(content, body, dictionaries);
      batches.push(fields.map((field) => reader.column(field)));
    }
  }
  if (fields === undefined) throw noArrow();
  const columns = new Map<string, Column>();
  for (const [at, { name, columnType }] of fields.entries()) {
    if (columns.has(name)) {
      throw new RttsharkError('input_unreadable', `The Arrow data has two columns "${name}".`);
    }
    const parts = batches.flatMap((batch) => batch[at] ?? []);
    columns.set(
      name,
      parts.length === 0 ? new ColumnBuilder(columnType).finish() : concatColumns(columnType, parts),
    );
  }
  return new Table<Schema>(Object.fromEntries(columns));
}

function fieldsOf(schema: FlatView | undefined): readonly ArrowField[] | undefined {
  return schema?.tables(1).map((field) => new ArrowField(field));
}

function noArrow(): RttsharkError {
  return new RttsharkError('input_unreadable', 'The data is no Arrow file or stream: it has no schema.');
}

/** A batch of a dictionary adds to what is known of it, or takes its place. */
function readDictionary(
  fields: readonly ArrowField[],
  dictionaries: Dictionaries,
  content: FlatView,
  body: Uint8Array,
): void {
  const id = content.long(0);
  const field = fields.flatMap((one) => one.withDictionary(id) ?? [])[0];
  const data = content.table(1);
  if (field === undefined || data === undefined) return;
  refuseCompression(data);
  const values = new BatchReader(data, body, dictionaries).values(field);
  const known = content.byte(2) === 1 ? dictionaries.get(id) : undefined;
  dictionaries.set(id, known === undefined ? values : concatColumns(field.columnType, [known, values]));
}
