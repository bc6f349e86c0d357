import { Table as RustTable, readParquet } from 'parquet-wasm';
import { DataType, tableFromIPC } from 'apache-arrow';
import type { Vector } from 'apache-arrow';
import { fromArrow } from '../../src/arrow/from-arrow.ts';
import type { Table } from '../../src/table/table.ts';

/** An Arrow stream as arrow-rs reads it and writes it again. */
export function throughRust(stream: Uint8Array): Uint8Array {
  return RustTable.fromIPCStream(stream).intoIPCStream();
}

/** A Parquet file as arrow-rs reads it, told by an Arrow stream that it writes. */
export function parquetThroughRust(file: Uint8Array): Table {
  return fromArrow(readParquet(file).intoIPCStream());
}

/** The values of each column as the Arrow library of Apache's own reads them, by name; times as nanoseconds. */
export function apacheColumns(bytes: Uint8Array): Record<string, unknown[]> {
  const table = tableFromIPC(bytes);
  return Object.fromEntries(
    table.schema.fields.map(({ name }, at) => {
      const vector = table.getChildAt(at);
      return [name, vector === null ? [] : valuesOf(vector)];
    }),
  );
}

function valuesOf(vector: Vector): unknown[] {
  return Array.from({ length: vector.length }, (_, row) => {
    if (!vector.isValid(row)) return null;
    if (DataType.isList(vector.type)) return valuesOf(vector.get(row) as Vector);
    // Its accessor makes milliseconds of times.
    if (DataType.isTimestamp(vector.type)) return longAt(vector, row);
    return vector.get(row) as unknown;
  });
}

function longAt(vector: Vector, row: number): bigint {
  let rest = row;
  for (const { length, values } of vector.data) {
    if (rest < length) return (values as BigInt64Array)[rest] ?? 0n;
    rest -= length;
  }
  throw new RangeError(`There is no row ${row}.`);
}
