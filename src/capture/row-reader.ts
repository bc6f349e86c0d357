import type { Schema } from '../table/schema.ts';
import { TableBuilder } from '../table/table-builder.ts';
import type { Table } from '../table/table.ts';
import { surelyWholeBytes, type Extraction } from '../tshark/column-extraction.ts';
import { fieldColumn } from './field-columns.ts';
import { FieldCuts } from './field-cuts.ts';
import { lineBlocks } from './line-blocks.ts';
import type { Occurrence } from './occurrence.ts';

export interface RowReaderOptions<S extends Schema> {
  /** The columns, in the order in which the fields are printed. */
  readonly schema: S;
  /** Quotes inside of a value are doubled: see `unquote`. */
  readonly quotesAreDoubled: boolean;
  /** How the values are printed, `fields` by default. */
  readonly extraction?: Extraction | undefined;
  /** Which of several values of a field columns of single values hold; see {@link fieldColumn} for what comes without. */
  readonly occurrence?: Occurrence | undefined;
  /** Rows of a chunk, 8192 by default; a chunk can hold fewer, or more by what one read gave. */
  readonly chunkRows?: number;
  /**
   * Lines are handed on as soon as they are there, whatever a chunk has by then; those that come within
   * the next 10 ms together, unless they are many.
   */
  readonly prompt?: boolean;
}

/** What was met on the way. */
export interface RowCounts {
  /** Rows delivered. */
  rows: number;
  /** Lines with another number of fields than was asked for: dropped. */
  malformedRows: number;
  /** Values that are not of their column's type: null in the table. */
  malformedValues: number;
  /** The input ended inside of a line, which was dropped. */
  cutShort: boolean;
}

/**
 * Turns what tshark prints into tables, chunk by chunk, from bytes straight to typed columns: first it is found where
 * the fields of a block of lines are, then column after column is read. The next bytes are asked for when the last chunk
 * has been taken, so that a slow reader slows tshark down.
 */
export class RowReader<S extends Schema> {
  readonly counts: RowCounts = { rows: 0, malformedRows: 0, malformedValues: 0, cutShort: false };
  /** Rows among the malformed ones in which a value was as long as a column may be, so that its end may be missing. */
  rowsMaybeCut = 0;
  readonly #options: RowReaderOptions<S>;

  constructor(options: RowReaderOptions<S>) {
    this.#options = options;
  }

  /** @param input - bytes; errors of the stream are passed on after the rows before them */
  async *read(input: AsyncIterable<Uint8Array>): AsyncGenerator<Table<S>, void, undefined> {
    const { schema, quotesAreDoubled, extraction = 'fields', prompt = false } = this.#options;
    const chunkRows = prompt ? 1 : (this.#options.chunkRows ?? 8192);
    const builder = new TableBuilder(schema);
    const names = Object.keys(schema);
    const occurrence = this.#options.occurrence === 'all' ? undefined : this.#options.occurrence;
    const form = { extraction, quotesAreDoubled, occurrence };
    const columns = names.map((name) => fieldColumn(builder.column(name), form));
    const cuts = new FieldCuts(names.length, extraction === 'columns' ? surelyWholeBytes : Infinity);
    let pending = 0;
    const finish = () => {
      pending = 0;
      for (const column of columns) column.startChunk();
      return builder.finish();
    };
    const onEnd = (cutShort: boolean) => {
      this.counts.cutShort = cutShort;
    };
    let failure: { readonly error: unknown } | undefined;
    try {
      for await (const blocks of lineBlocks(input, { gather: prompt, onEnd })) {
        for (const block of blocks) {
          cuts.cut(block);
          for (const [i, column] of columns.entries()) this.counts.malformedValues += column.read(cuts, i);
          this.#count(cuts);
          pending += cuts.rows;
        }
        if (pending >= chunkRows) yield finish();
      }
    } catch (error) {
      failure = { error };
    }
    if (pending > 0) yield finish();
    if (failure !== undefined) throw failure.error;
  }

  #count({ rows, malformed, tooLong }: FieldCuts): void {
    this.counts.rows += rows;
    this.counts.malformedRows += malformed + tooLong;
    this.rowsMaybeCut += tooLong;
  }
}
