import { Column } from '../table/column.ts';
import type { Schema } from '../table/schema.ts';
import { Table } from '../table/table.ts';
import { outcomeOf } from '../tshark/outcome.ts';
import { isAtLeast } from '../tshark/version.ts';
import type { CaptureEnd } from './capture-end.ts';
import type { ReadingProgress } from './capture-reading.ts';
import { pipelineFor, type CaptureRequest } from './capture-request.ts';
import { inspectInput } from './input-file.ts';
import { unlessInRow } from './reading-outcome.ts';
import { RowReader, type RowCounts } from './row-reader.ts';
import { ShardLane, type LaneEnd, type NumberedRows } from './shard-lane.ts';
import type { Feeder } from './feeder.ts';
import { FeedThread } from './feed-thread.ts';

export interface PartedOptions {
  readonly packetsPerTshark: number;
  /** How many packets before its own ones a following tshark is given; 100,000 by default. */
  readonly overlapPackets?: number | undefined;
}

const numberField = 'frame.number';

/**
 * A capture file that several tsharks read, one after the other, each a part: the rows are those of one that reads the
 * file, in their order, for requests that {@link whyNoParts} has nothing against. Can be iterated once.
 *
 * It may turn out on the way that only one tshark can tell: `whyAlone` then says why, the iteration ends early, and all
 * that it gave holds; what is missing are the rows of packets behind `lastNumber`.
 */
export class PartedReading<S extends Schema> {
  readonly #request: CaptureRequest<S>;
  readonly #options: PartedOptions;
  #lane: ShardLane<Schema> | undefined;
  #feeder: Feeder | undefined;
  #bytesTotal: number | undefined;
  #bytesRead = 0;
  #rows = 0;
  #lastNumber = 0;
  #isStopped = false;
  #whyAlone: string | undefined;
  #end: CaptureEnd | undefined;

  /** @param request - whose input is a file */
  constructor(request: CaptureRequest<S>, options: PartedOptions) {
    this.#request = request;
    this.#options = options;
  }

  /** How it ended; undefined before that, and where one tshark is to go on. */
  get end(): CaptureEnd | undefined {
    return this.#end;
  }

  /** Why one tshark has to tell the rest; undefined where that is not so. */
  get whyAlone(): string | undefined {
    return this.#whyAlone;
  }

  /** The number of the packet of the last row; 0 before the first. */
  get lastNumber(): number {
    return this.#lastNumber;
  }

  /** As {@link CaptureReading.rowsMaybeCut}. */
  get rowsMaybeCut(): number {
    return this.#readers().reduce((sum, { rowsMaybeCut }) => sum + rowsMaybeCut, 0);
  }

  /** The rows that were given; what was wrong, in overlaps too. */
  get counts(): Readonly<RowCounts> {
    const readers = this.#readers();
    return {
      rows: this.#rows,
      malformedRows: readers.reduce((sum, { counts }) => sum + counts.malformedRows, 0),
      malformedValues: readers.reduce((sum, { counts }) => sum + counts.malformedValues, 0),
      cutShort: readers.some(({ counts }) => counts.cutShort),
    };
  }

  /** The lines of standard error of the last tshark, once it has ended. */
  stderr(): readonly string[] {
    return this.#lane?.end?.ending.stderr ?? [];
  }

  progress(): ReadingProgress {
    // A feeder that goes back reads again what was read.
    this.#bytesRead = Math.max(this.#bytesRead, this.#feeder?.offset ?? 0);
    return { bytesRead: this.#bytesRead, bytesTotal: this.#bytesTotal, rows: this.#rows };
  }

  /** Stops the processes; the iteration ends with the rows that were already there. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#lane?.stop();
  }

  /** @throws RttsharkError `input_unreadable` for a file that cannot be opened, before any process starts */
  async *[Symbol.asyncIterator](): AsyncGenerator<Table<S>, void, undefined> {
    const { input } = this.#request;
    if (typeof input !== 'string') throw new Error('Files that are joined cannot be read in parts.');
    this.#bytesTotal = inspectInput(input).size;
    if (this.#isStopped) return;
    const thread = new FeedThread();
    const feeder = thread.feeder(input, { kind: 'all' });
    const lane = this.#laneOf(feeder);
    [this.#feeder, this.#lane] = [feeder, lane];
    try {
      for await (const numbered of lane.rows()) {
        // What it gives then are the rows of two that do not agree.
        if (lane.differences > 0) break;
        this.#rows += numbered.packets.rowCount;
        this.#lastNumber = numbered.order.at(-1) ?? this.#lastNumber;
        yield this.#asAsked(numbered);
      }
      if (lane.differences > 0) this.#whyAlone = 'tsharks that followed each other did not print the same';
      else this.#conclude(lane.end, input);
    } finally {
      await lane.stop();
      this.progress();
      await thread.close();
    }
  }

  #laneOf(feeder: Feeder): ShardLane<Schema> {
    const { tshark, extraction, occurrence, schema: wanted } = this.#request;
    // Whatever column it is to become, packets are found by it.
    const schema: Schema = { ...wanted, [numberField]: 'uint32' };
    const quotesAreDoubled = isAtLeast(tshark.version, '4.3');
    return new ShardLane<Schema>({
      feeder,
      pipeline: pipelineFor({ ...this.#request, input: '-', schema }),
      newReader: () => new RowReader({ schema, quotesAreDoubled, extraction, occurrence }),
      schema,
      ...this.#options,
    });
  }

  /** With the packets' numbers in the whole capture, where they are asked for. */
  #asAsked({ packets, order }: NumberedRows): Table<S> {
    const { schema } = this.#request;
    const columns = Object.keys(schema).map((name): [string, Column] => [
      name,
      name === numberField ? numberColumn(order, schema[name]) : packets.column(name),
    ]);
    return new Table(Object.fromEntries(columns)) as unknown as Table<S>;
  }

  #conclude(end: LaneEnd | undefined, path: string): void {
    const { counts } = this;
    if (this.#isStopped) {
      this.#end = { kind: 'stopped', words: '', ...counts };
      return;
    }
    if (end === undefined) return;
    const { ending, reply } = end;
    const outcome = outcomeOf({ ...ending, version: this.#request.tshark.version });
    const isRead = reply.kind === 'end';
    const isCut = isRead && reply.isCut;
    if (outcome.kind === 'died' || (outcome.kind === 'done' && isRead && !isCut))
      this.#end = { ...unlessInRow(outcome, counts), ...counts };
    else if (outcome.kind === 'truncated' && isCut)
      this.#end = { ...outcome, words: wordsOfFile(outcome.words, path), ...counts };
    // Who reads the file itself says better what is wrong with it.
    else this.#whyAlone = reply.kind === 'odd' ? reply.reason : 'tshark found something wrong with it';
  }

  #readers(): readonly RowReader<Schema>[] {
    return this.#lane?.readers ?? [];
  }
}

function numberColumn(order: Uint32Array, type: Schema[string] | undefined): Column {
  const values = Uint32Array.from(order);
  if (type !== 'list<uint32>') return new Column({ type: 'uint32', values });
  const offsets = Uint32Array.from({ length: values.length + 1 }, (_, row) => row);
  const lists = { offsets, elements: { values, dictionary: [] } };
  return new Column({ type, values: offsets.subarray(0, values.length), lists });
}

function wordsOfFile(words: string, path: string): string {
  return words.replaceAll(/^The standard input /gm, `The file "${path}" `);
}
