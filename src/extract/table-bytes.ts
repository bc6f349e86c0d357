import type { ColumnDescriptions } from '../arrow/column-description.ts';
import type { Schema } from '../table/schema.ts';
import { TableBuilder } from '../table/table-builder.ts';
import type { Table } from '../table/table.ts';
import type { TableFormat } from './table-formats.ts';

/** A table that comes in chunks. */
export interface TableStream {
  readonly chunks: AsyncIterable<Table>;
  /** That of every chunk. */
  readonly schema: Schema;
  /** What there is to say of columns, for forms that have room for it. */
  readonly fieldDescriptions?: ColumnDescriptions | undefined;
}

/**
 * A stream of tables in one of the forms, as bytes; an empty one too is whole, with all that its form needs. What writes
 * a form is loaded when it is needed.
 */
export async function* tableBytes(
  stream: TableStream,
  format: TableFormat,
): AsyncGenerator<Uint8Array, void, undefined> {
  const { chunks, schema, fieldDescriptions } = stream;
  switch (format) {
    case 'csv':
      yield* asBytes(csvTexts(stream));
      return;
    case 'jsonl':
      yield* asBytes(jsonTexts(stream));
      return;
    case 'arrow':
    case 'arrow-stream': {
      const { arrowBytes } = await import('../arrow/to-arrow.ts');
      const kind = format === 'arrow' ? 'file' : 'stream';
      yield* arrowBytes(chunks, schema, { format: kind, fieldDescriptions });
      return;
    }
    case 'parquet': {
      const { parquetBytes } = await import('../parquet/to-parquet.ts');
      yield* parquetBytes(chunks, schema, { fieldDescriptions });
    }
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
