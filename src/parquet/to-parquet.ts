import { joinBytes } from '../arrow/join-bytes.ts';
import type { Schema } from '../table/schema.ts';
import type { AnyTable } from '../table/table.ts';
import { ParquetWriter } from './parquet-writer.ts';
import type { ParquetOptions } from './parquet-writer.ts';

/** A table as a Parquet file. The same table gives the same bytes. */
export function toParquet(table: AnyTable, options: ParquetOptions = {}): Uint8Array<ArrayBuffer> {
  const writer = new ParquetWriter(table.schema, options);
  return joinBytes([...writer.start(), ...writer.write(table), ...writer.end()]);
}

/**
 * Tables of one schema, one after the other, as one Parquet file, in pieces: a row group at a time is in memory, and
 * nothing is written twice, so that a pipe will do. Without a table, it is the file of an empty one.
 *
 * Throws RttsharkError `usage` for a table whose columns are not those of the schema.
 */
export async function* parquetBytes(
  tables: AsyncIterable<AnyTable> | Iterable<AnyTable>,
  schema: Schema,
  options: ParquetOptions = {},
): AsyncGenerator<Uint8Array, void, undefined> {
  const writer = new ParquetWriter(schema, options);
  yield* writer.start();
  for await (const table of tables) yield* writer.write(table);
  yield* writer.end();
}
