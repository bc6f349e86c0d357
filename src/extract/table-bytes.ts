import type { Schema } from '../table/schema.ts';
import { TableBuilder } from '../table/table-builder.ts';
import type { Table } from '../table/table.ts';
import type { TableFormat } from './table-formats.ts';

/** A table that comes in chunks. */
export interface TableStream {
  readonly chunks: AsyncIterable<Table>;
  /** That of every chunk. */
  readonly schema: Schema;
}

/** A stream of tables in one of the forms, as bytes; an empty one too is whole, with all that its form needs. */
export function tableBytes(
  stream: TableStream,
  format: TableFormat,
): AsyncGenerator<Uint8Array, void, undefined> {
  switch (format) {
    case 'csv':
      return asBytes(csvTexts(stream));
    case 'jsonl':
      return asBytes(jsonTexts(stream));
    default:
      throw new Error(`There is no writer for ${format}.`);
  }
}

/** Plain newlines, as line tools want them. */
const csvForm = { lineEnd: '\n' } as const;

async function* csvTexts({ chunks, schema }: TableStream): AsyncGenerator<string, void, undefined> {
  yield new TableBuilder(schema).finish().toCsv(csvForm);
  for await (const chunk of chunks) yield* chunk.csvChunks({ ...csvForm, header: false });
}

async function* jsonTexts({ chunks }: TableStream): AsyncGenerator<string, void, undefined> {
  for await (const chunk of chunks) yield* chunk.jsonLineChunks();
}

async function* asBytes(texts: AsyncIterable<string>): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const text of texts) yield Buffer.from(text);
}
