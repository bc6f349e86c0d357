import { rm, writeFile } from 'node:fs/promises';
import {
  DuckDBBlobValue,
  DuckDBInstance,
  DuckDBListValue,
  DuckDBTimestampNanosecondsValue,
} from '@duckdb/node-api';
import type { DuckDBConnection } from '@duckdb/node-api';

/** DuckDB, and a folder to hand Parquet files to it. */
export class DuckDB {
  readonly #connection: DuckDBConnection;
  readonly #folder: string;
  #queries = 0;

  private constructor(connection: DuckDBConnection, folder: string) {
    this.#connection = connection;
    this.#folder = folder;
  }

  static async open(folder: string): Promise<DuckDB> {
    const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
    return new DuckDB(await instance.connect(), folder);
  }

  close(): void {
    this.#connection.closeSync();
  }

  /**
   * The rows that a query gives of that Parquet file, which is `FILE` in the query. Each file has a name of its own: of
   * one that is as long as the last under its name, and as new, DuckDB takes what it has kept of the last.
   */
  async query(parquet: Uint8Array, sql: string): Promise<Record<string, unknown>[]> {
    this.#queries += 1;
    const file = `${this.#folder}/${this.#queries}.parquet`;
    await writeFile(file, parquet);
    const result = await this.#connection.runAndReadAll(sql.replaceAll('FILE', `'${file}'`));
    await rm(file);
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
