import { setTimeout as sleep } from 'node:timers/promises';
import { parse } from 'csv-parse/sync';
import type { Schema } from '../table/schema.ts';
import { TableBuilder } from '../table/table-builder.ts';
import type { Table } from '../table/table.ts';
import { mayBeCut, type Extraction } from '../tshark/column-extraction.ts';
import { columnText, fieldWriter, unquote } from './field-value.ts';

export interface RowReaderOptions<S extends Schema> {
  /** The columns, in the order in which the fields are printed. */
  readonly schema: S;
  /** See {@link unquote}. */
  readonly quotesAreDoubled: boolean;
  /** How the values are printed, `fields` by default. */
  readonly extraction?: Extraction | undefined;
  /** Rows of a chunk, 8192 by default; a chunk can hold fewer, or more by what one read gave. */
  readonly chunkRows?: number;
  /**
   * Lines are handed on as soon as they are there, whatever a chunk and a block have by then; those that come within
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

const lineFeed = 0x0a;

/**
 * Turns what tshark prints into tables, chunk by chunk, without row objects. The next bytes are asked for when
 * the last chunk has been taken, so that a slow reader slows tshark down.
 *
 * csv-parse is given whole lines only: what follows the last line end waits for more, and is dropped and reported
 * if the input ends there, since a value may have been cut in two.
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
    const { schema, prompt = false } = this.#options;
    const chunkRows = prompt ? 1 : (this.#options.chunkRows ?? 8192);
    const builder = new TableBuilder(schema);
    const append = this.#appender(builder);
    let pending = 0;
    let failure: { readonly error: unknown } | undefined;
    try {
      for await (const lines of wholeLines(input, this.counts, prompt)) {
        pending += append(lines);
        if (pending < chunkRows) continue;
        yield builder.finish();
        pending = 0;
      }
    } catch (error) {
      failure = { error };
    }
    if (pending > 0) yield builder.finish();
    if (failure !== undefined) throw failure.error;
  }

  /** Parses whole lines into the builder's columns and gives how many rows they were. */
  #appender(builder: TableBuilder<S>): (lines: Buffer) => number {
    const { schema, quotesAreDoubled, extraction } = this.#options;
    const fromColumns = extraction === 'columns';
    const valueOf = fromColumns ? columnText : (text: string) => unquote(text, quotesAreDoubled);
    const writers = Object.keys(schema).map((name) => fieldWriter(builder.column(name)));
    const { counts } = this;
    return (lines) => {
      const records: string[][] = parse(lines, {
        delimiter: '\t',
        record_delimiter: '\n',
        quote: null,
        relax_column_count: true,
      });
      let rows = 0;
      for (const record of records) {
        if (record.length !== writers.length) {
          counts.malformedRows += 1;
          continue;
        }
        if (fromColumns && record.some(mayBeCut)) {
          counts.malformedRows += 1;
          this.rowsMaybeCut += 1;
          continue;
        }
        for (let i = 0; i < writers.length; i++) {
          if (writers[i]?.(valueOf(record[i] ?? '')) === false) counts.malformedValues += 1;
        }
        rows += 1;
      }
      counts.rows += rows;
      return rows;
    };
  }
}

/** Starting csv-parse costs as much as some hundred rows: blocks are at least this large where there are more to come. */
const blockBytes = 65_536;
/** A prompt reader lets more come together than two or three rows, which is what tshark writes at once. */
const gatherMs = 10;
const enoughBytes = 8192;

/**
 * Groups bytes into blocks that end with a line end. An error of the input is passed on after the lines before it.
 */
async function* wholeLines(
  input: AsyncIterable<Uint8Array>,
  counts: RowCounts,
  prompt: boolean,
): AsyncGenerator<Buffer> {
  const leastBytes = prompt ? 1 : blockBytes;
  let waiting: Uint8Array[] = [];
  let size = 0;
  let hasLineEnd = false;
  let failure: { readonly error: unknown } | undefined;
  try {
    for await (const bytes of input) {
      waiting.push(bytes);
      size += bytes.length;
      hasLineEnd ||= bytes.includes(lineFeed);
      if (size < leastBytes || !hasLineEnd) continue;
      const { lines, rest } = splitBehindLastLine(Buffer.concat(waiting));
      yield lines;
      waiting = [rest];
      size = rest.length;
      hasLineEnd = false;
      if (prompt && bytes.length < enoughBytes) await sleep(gatherMs);
    }
  } catch (error) {
    failure = { error };
  }
  const { lines, rest } = splitBehindLastLine(Buffer.concat(waiting));
  counts.cutShort = rest.length > 0;
  if (lines.length > 0) yield lines;
  if (failure !== undefined) throw failure.error;
}

function splitBehindLastLine(block: Buffer): { lines: Buffer; rest: Buffer } {
  const end = block.lastIndexOf(lineFeed) + 1;
  return { lines: block.subarray(0, end), rest: block.subarray(end) };
}
