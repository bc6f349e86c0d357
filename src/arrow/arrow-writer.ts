import { RttsharkError } from '../errors.ts';
import type { Schema } from '../table/schema.ts';
import type { AnyTable } from '../table/table.ts';
import type { SchemaNotes } from './arrow-schema.ts';
import { ColumnPacker } from './column-buffers.ts';
import { endOfStream, fileEnd, fileStart, recordBatchMessage, schemaMessage } from './messages.ts';
import type { Block } from './messages.ts';
import { rowRange } from './row-range.ts';

export interface ArrowOptions extends SchemaNotes {
  /**
   * `file`, the default, has a footer with the places of its record batches, for readers that seek or map it;
   * `stream` has none and can be read while it is written.
   */
  readonly format?: 'file' | 'stream' | undefined;
}

/** Rows of a record batch at most, so that readers can work on several at once and offsets of texts stay small. */
const batchRows = 131_072;

/** Tables one after the other to the bytes of one Arrow file or stream. */
export class ArrowWriter {
  readonly #schema: Schema;
  readonly #options: ArrowOptions;
  readonly #packer = new ColumnPacker();
  readonly #blocks: Block[] = [];
  #offset = 0;

  constructor(schema: Schema, options: ArrowOptions) {
    this.#schema = schema;
    this.#options = options;
  }

  *start(): Generator<Uint8Array, void, undefined> {
    if (this.#isFile()) yield this.#counted(fileStart());
    yield this.#counted(schemaMessage(this.#schema, this.#options).bytes);
  }

  /** One message for each record batch. Throws RttsharkError `usage` where the table has another schema. */
  *write(table: AnyTable): Generator<Uint8Array, void, undefined> {
    checkSchema(this.#schema, table.schema);
    for (let start = 0; start < table.rowCount; start += batchRows) {
      yield this.#batch(table, start, Math.min(start + batchRows, table.rowCount));
    }
  }

  *end(): Generator<Uint8Array, void, undefined> {
    yield this.#counted(endOfStream());
    if (this.#isFile()) yield fileEnd(this.#schema, this.#options, this.#blocks);
  }

  #batch(table: AnyTable, start: number, end: number): Uint8Array {
    const columns = Object.keys(this.#schema).map((name) =>
      this.#packer.pack(rowRange(table.column(name), start, end)),
    );
    const { bytes, metadataLength } = recordBatchMessage(
      end - start,
      columns.flatMap(({ nodes }) => nodes),
      columns.flatMap(({ buffers }) => buffers),
    );
    this.#blocks.push({ offset: this.#offset, metadataLength, bodyLength: bytes.length - metadataLength });
    return this.#counted(bytes);
  }

  #isFile(): boolean {
    return this.#options.format !== 'stream';
  }

  #counted(bytes: Uint8Array): Uint8Array {
    this.#offset += bytes.length;
    return bytes;
  }
}

/** Throws RttsharkError `usage` where a table does not have just these columns, in whatever order. */
export function checkSchema(schema: Schema, found: Schema): void {
  for (const [name, type] of Object.entries(schema)) {
    const there = Object.hasOwn(found, name) ? found[name] : undefined;
    if (there === type) continue;
    const difference =
      there === undefined ? 'is missing' : `is of type "${there}" where the schema says "${type}"`;
    throw new RttsharkError('usage', `Column "${name}" ${difference}.`);
  }
  const more = Object.keys(found).find((name) => !Object.hasOwn(schema, name));
  if (more !== undefined) throw new RttsharkError('usage', `Column "${more}" is not in the schema.`);
}
