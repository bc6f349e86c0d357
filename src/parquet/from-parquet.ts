import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import type { ParquetParsers, ParquetScan, SchemaTree } from 'hyparquet';
import { RttsharkError } from '../errors.ts';
import { fromSnappyBlock } from '../snappy.ts';
import type { Column } from '../table/column.ts';
import { ColumnBuilder } from '../table/column-builder.ts';
import type { ColumnType, Schema, ValueOf } from '../table/schema.ts';
import { Table } from '../table/table.ts';
import { arrowTypesOf } from './arrow-types.ts';
import { parquetColumn } from './parquet-column.ts';

type Cell = ValueOf<ColumnType> | null;

/**
 * The table of a Parquet file, whoever wrote it, compressed with snappy, gzip or brotli or not at all.
 *
 * Types come as the column type that holds all of their values, and durations as such where the file's Arrow schema
 * tells of them.
 *
 * Throws RttsharkError `input_unreadable` for what is no Parquet, is damaged, or has a column of a type that no table
 * has.
 */
export async function fromParquet(bytes: Uint8Array): Promise<Table> {
  const { parquetMetadata, parquetScan, parquetSchema } = await import('hyparquet');
  // Not by its own slice, which is no copy where it is a Buffer.
  const { buffer } = new Uint8Array(bytes);
  const metadata = readable(() => parquetMetadata(buffer));
  const file = {
    byteLength: buffer.byteLength,
    slice: (start: number, end?: number) => buffer.slice(start, end),
  };
  const scan = await readableLater(
    parquetScan({ file, metadata, utf8: false, parsers, compressors, geoparquet: false }),
  );
  const arrowTypes = arrowTypesOf(metadata);
  const columns = new Map<string, Column>();
  for (const tree of parquetSchema(metadata).children) {
    const { name } = tree.element;
    const arrowType = Object.hasOwn(arrowTypes, name) ? arrowTypes[name] : undefined;
    columns.set(name, await readColumn(scan, tree, arrowType));
  }
  return new Table<Schema>(Object.fromEntries(columns));
}

async function readColumn(
  scan: ParquetScan,
  tree: SchemaTree,
  arrowType: ColumnType | undefined,
): Promise<Column> {
  const { name } = tree.element;
  const { type, read } = parquetColumn(tree, arrowType);
  const builder = new ColumnBuilder<ColumnType>(type, name);
  for (const range of scan.ranges) {
    const cells = await readableLater(scan.readColumn({ column: name, ...range }));
    // eslint-disable-next-line @typescript-eslint/prefer-for-of -- an array of any kind
    for (let row = 0; row < cells.length; row++) builder.append(read(cells[row]) as Cell);
  }
  return builder.finish();
}

/** Times as nanoseconds, where the library would make them Dates, which have milliseconds. */
const parsers: Partial<ParquetParsers> = {
  timestampFromMilliseconds: (milliseconds) => milliseconds * 1_000_000n,
  timestampFromMicroseconds: (microseconds) => microseconds * 1000n,
  timestampFromNanoseconds: (nanoseconds) => nanoseconds,
  dateFromDays: (days) => BigInt(days) * 86_400_000_000_000n,
};

const compressors = {
  SNAPPY: fromSnappyBlock,
  GZIP: (bytes: Uint8Array) => gunzipSync(bytes),
  BROTLI: (bytes: Uint8Array) => brotliDecompressSync(bytes),
};

function readable<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw unreadable(error);
  }
}

async function readableLater<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    throw unreadable(error);
  }
}

function unreadable(cause: unknown): RttsharkError {
  return new RttsharkError('input_unreadable', 'The Parquet data cannot be read.', {
    detail: cause instanceof Error ? cause.message : String(cause),
    cause,
  });
}
