import { checkSchema } from '../arrow/arrow-writer.ts';
import type { SchemaNotes, TimeForm } from '../arrow/arrow-schema.ts';
import { RttsharkError } from '../errors.ts';
import type { Schema } from '../table/schema.ts';
import type { AnyTable } from '../table/table.ts';
import { columnChunk } from './column-chunk.ts';
import type { ChunkOptions } from './column-chunk.ts';
import { i16, i64, list, struct } from './compact-writer.ts';
import type { CompactValue } from './compact-writer.ts';
import { compressorOf } from './compress.ts';
import { fileFooter } from './footer.ts';
import { codecOf, magic } from './format.ts';
import type { Compression } from './format.ts';
import { PendingRows } from './pending-rows.ts';
import type { GroupColumns } from './pending-rows.ts';

export interface ParquetOptions extends SchemaNotes {
  /** Rows of a row group at most, 100,000 by default: readers take up work by row groups, and skip them. */
  readonly rowGroupRows?: number | undefined;
  /** `snappy` by default. */
  readonly compression?: Compression | undefined;
  /**
   * How times are written, `nanoseconds` by default: UTC, and not marked as that, for DuckDB keeps the nanoseconds of
   * these only. `nanoseconds-utc` marks them. `microseconds-utc` cuts them, for what knows no nanoseconds.
   */
  readonly times?: TimeForm | undefined;
}

/** Tables one after the other to the bytes of one Parquet file. A row group at a time is in memory. */
export class ParquetWriter {
  readonly #schema: Schema;
  readonly #options: ParquetOptions;
  readonly #chunkOptions: ChunkOptions;
  readonly #pending: PendingRows;
  readonly #rowGroups: CompactValue[] = [];
  #rowCount = 0;
  #offset = 0;

  /** Throws RttsharkError `usage` for options that cannot be. */
  constructor(schema: Schema, options: ParquetOptions) {
    const { rowGroupRows = 100_000 } = options;
    if (!Number.isInteger(rowGroupRows) || rowGroupRows < 1) {
      throw new RttsharkError('usage', `A row group has a number of rows above 0, not ${rowGroupRows}.`);
    }
    const { compression = 'snappy' } = options;
    if (!Object.hasOwn(codecOf, compression)) {
      throw new RttsharkError('usage', `Parquet is not compressed with "${compression}" here.`, {
        hint: `Known are ${Object.keys(codecOf).join(', ')}.`,
      });
    }
    this.#schema = schema;
    this.#options = options;
    this.#chunkOptions = { compression, compress: compressorOf(compression), times: options.times };
    this.#pending = new PendingRows(schema, rowGroupRows);
  }

  *start(): Generator<Uint8Array, void, undefined> {
    yield this.#counted(magic.slice());
  }

  /** Whole row groups, as soon as there are rows for one. Throws RttsharkError `usage` for another schema. */
  *write(table: AnyTable): Generator<Uint8Array, void, undefined> {
    checkSchema(this.#schema, table.schema);
    for (const columns of this.#pending.add(table)) yield* this.#rowGroup(columns);
  }

  *end(): Generator<Uint8Array, void, undefined> {
    for (const columns of this.#pending.rest()) yield* this.#rowGroup(columns);
    yield fileFooter(this.#schema, this.#options, this.#rowCount, this.#rowGroups);
  }

  *#rowGroup(columns: GroupColumns): Generator<Uint8Array, void, undefined> {
    const start = this.#offset;
    const chunks: CompactValue[] = [];
    let uncompressedLength = 0;
    let rowCount = 0;
    for (const [name, column] of columns) {
      rowCount = column.length;
      const chunk = columnChunk(name, column, this.#offset, this.#chunkOptions);
      chunks.push(chunk.metadata);
      uncompressedLength += chunk.uncompressedLength;
      yield this.#counted(chunk.bytes);
    }
    this.#rowCount += rowCount;
    const ordinal = this.#rowGroups.length;
    this.#rowGroups.push(
      struct({
        1: list('struct', chunks),
        2: i64(uncompressedLength),
        3: i64(rowCount),
        5: i64(start),
        6: i64(this.#offset - start),
        // It has 15 bits.
        7: ordinal < 0x8000 ? i16(ordinal) : undefined,
      }),
    );
  }

  #counted(bytes: Uint8Array): Uint8Array {
    this.#offset += bytes.length;
    return bytes;
  }
}
