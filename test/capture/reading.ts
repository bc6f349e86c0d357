import { capture, type CaptureOptions } from '../../src/capture/capture.ts';
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
export async function readAll<S extends Schema>(options: CaptureOptions<S>): Promise<Read<S>> {
  const chunks: Table<S>[] = [];
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
