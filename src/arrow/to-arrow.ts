import type { Schema } from '../table/schema.ts';
import type { AnyTable } from '../table/table.ts';
import { ArrowWriter } from './arrow-writer.ts';
import type { ArrowOptions } from './arrow-writer.ts';
import { joinBytes } from './join-bytes.ts';

/** A table as an Arrow file, or stream. The same table gives the same bytes. */
export function toArrow(table: AnyTable, options: ArrowOptions = {}): Uint8Array<ArrayBuffer> {
  const writer = new ArrowWriter(table.schema, options);
  return joinBytes([...writer.start(), ...writer.write(table), ...writer.end()]);
}

/**
 * Tables of one schema, one after the other, as one Arrow file or stream, in pieces: a table at a time is in memory.
 * Without a table, it is that of an empty one.
 *
 * Throws RttsharkError `usage` for a table whose columns are not those of the schema.
 */
export async function* arrowBytes(
  tables: AsyncIterable<AnyTable> | Iterable<AnyTable>,
  schema: Schema,
  options: ArrowOptions = {},
): AsyncGenerator<Uint8Array, void, undefined> {
  const writer = new ArrowWriter(schema, options);
  yield* writer.start();
  for await (const table of tables) yield* writer.write(table);
  yield* writer.end();
}
