import { expect } from 'chai';
import { joinBytes } from '../../src/arrow/join-bytes.ts';
import { arrowBytes } from '../../src/arrow/to-arrow.ts';
import { parquetBytes } from '../../src/parquet/to-parquet.ts';
import type { Schema } from '../../src/table/schema.ts';
import type { AnyTable } from '../../src/table/table.ts';
import { apacheColumns, parquetThroughRust } from '../arrow/readers.ts';
import { sameValue } from '../support/table-equal.ts';

async function joined(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return joinBytes(all);
}

/** Expects that other libraries read the values of tables from the Arrow and the Parquet that is made of them. */
export async function expectSameElsewhere(schema: Schema, tables: readonly AnyTable[]): Promise<void> {
  const arrow = apacheColumns(await joined(arrowBytes(tables, schema)));
  const parquet = parquetThroughRust(
    await joined(parquetBytes(tables, schema, { times: 'nanoseconds-utc' })),
  );
  expect(parquet.schema).to.deep.equal(schema);
  for (const name of Object.keys(schema)) {
    const values = tables.flatMap((table): unknown[] => table.column(name).toArray());
    expect(sameValue(arrow[name], values), `${name} in Arrow`).to.equal(true);
    expect(sameValue(parquet.column(name).toArray(), values), `${name} in Parquet`).to.equal(true);
  }
}
