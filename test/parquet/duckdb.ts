import { writeFile } from 'node:fs/promises';
import {
  DuckDBBlobValue,
  DuckDBInstance,
  DuckDBListValue,
  DuckDBTimestampNanosecondsValue,
} from '@duckdb/node-api';
import type { DuckDBConnection } from '@duckdb/node-api';

/** DuckDB, and a file to hand Parquet to it. */
export class DuckDB {
  readonly #connection: DuckDBConnection;
  readonly #file: string;

  private constructor(connection: DuckDBConnection, file: string) {
    this.#connection = connection;
    this.#file = file;
  }

  static async open(file: string): Promise<DuckDB> {
    const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
    return new DuckDB(await instance.connect(), file);
  }

  close(): void {
    this.#connection.closeSync();
  }

  /** The rows that a query gives of that Parquet file, which is `FILE` in the query. */
  async query(parquet: Uint8Array, sql: string): Promise<Record<string, unknown>[]> {
    await writeFile(this.#file, parquet);
    const result = await this.#connection.runAndReadAll(sql.replaceAll('FILE', `'${this.#file}'`));
    return result
      .getRowObjects()
      .map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value)])));
  }
}

/** Times as nanoseconds, lists as arrays, blobs as bytes. */
function plain(value: unknown): unknown {
  if (value instanceof DuckDBTimestampNanosecondsValue) return value.nanos;
  if (value instanceof DuckDBBlobValue) return value.bytes;
  if (value instanceof DuckDBListValue) return value.items.map(plain);
  return value;
}
