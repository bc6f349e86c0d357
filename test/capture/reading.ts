import { capture } from '../../src/packets/capture.ts';
import type { CaptureOptions } from '../../src/packets/capture-options.ts';
import type { ColumnWishes, FieldsWanted, SchemaOfFields } from '../../src/packets/typed-fields.ts';
import { RttsharkError } from '../../src/errors.ts';
import type { Schema } from '../../src/table/schema.ts';
import type { Table } from '../../src/table/table.ts';

/** What came of a reading: its chunks, and the error that it ended with. */
export interface Read<S extends Schema> {
  readonly chunks: readonly Table<S>[];
  readonly rowCount: number;
  readonly error: RttsharkError | null;
}

/** Reads to the end, or to the error; anything thrown that is no error of ours is thrown on. */
export async function readAll<const F extends FieldsWanted, const W extends ColumnWishes = object>(
  options: CaptureOptions<F> & W,
): Promise<Read<SchemaOfFields<F, W>>> {
  const chunks: Table<SchemaOfFields<F, W>>[] = [];
  const result = (error: RttsharkError | null) => ({
    chunks,
    rowCount: chunks.reduce((sum, chunk) => sum + chunk.rowCount, 0),
    error,
  });
  try {
    for await (const chunk of capture(options)) chunks.push(chunk);
  } catch (error) {
    if (!(error instanceof RttsharkError)) throw error;
    return result(error);
  }
  return result(null);
}
