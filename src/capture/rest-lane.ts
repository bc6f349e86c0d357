import type { Schema } from '../table/schema.ts';
import type { Column } from '../table/column.ts';
import { columnsOf } from '../table/readable-table.ts';
import { take } from '../table/take.ts';
import { Table } from '../table/table.ts';
import type { WhyUnsafe } from './lane-requests.ts';
import type { RowReader } from './row-reader.ts';
import { ShardLane, type LaneEnd, type NumberedRows } from './shard-lane.ts';
import type { Feeder } from './feeder.ts';
import { TcpFlows } from './tcp-flows.ts';
import type { Pipeline } from '../tshark/pipeline.ts';

export interface RestLaneOptions {
  /** Begins to feed the packets that belong to no flow that can be told. */
  readonly newFeeder: () => Feeder;
  /** Reads standard input and prints a row for each packet that has TCP in it, with `schema`'s columns. */
  readonly pipeline: Pipeline;
  readonly newReader: () => RowReader<Schema>;
  readonly schema: Schema;
  /** A row is given where it has a value of any of these. */
  readonly asked: readonly string[];
  /** As {@link ShardLaneOptions.whyUnsafe}. */
  readonly whyUnsafe: WhyUnsafe;
  /**
   * Whether the tshark prints each row at once, so that it need not be waited for where rows are few; else the last row tells
   * how far it is.
   */
  readonly isPrompt: boolean;
  readonly packetsPerTshark?: number | undefined;
  readonly overlapPackets?: number | undefined;
}

/** So far behind its feeder, a tshark that prints each row at once has long been. */
const packetsOnTheirWay = 200_000;

/**
 * The packets that belong to no flow that can be told, and their rows, beside those of shards. They count where no
 * connection among them is one of the shards', which {@link flows} tells in the end. No tshark is
 * started before it is known that there is such a packet: {@link begin}.
 */
export class RestLane {
  readonly #options: RestLaneOptions;
  readonly #isNeeded: Promise<boolean>;
  #decide: (isNeeded: boolean) => void = () => undefined;
  #feeder: Feeder | undefined;
  #lane: ShardLane<Schema> | undefined;
  #stopped = false;
  #isOver = false;
  /** The number of the last row's packet. */
  #taken = 0;
  /** The connections among them. */
  readonly flows = new TcpFlows();
  /** Rows that were given. */
  rowCount = 0;

  constructor(options: RestLaneOptions) {
    this.#options = options;
    this.#isNeeded = new Promise((resolve) => {
      this.#decide = resolve;
    });
  }

  /** There is such a packet. */
  begin(): void {
    this.#decide(true);
  }

  /** There is none, unless {@link begin} has been called. */
  skip(): void {
    this.#decide(false);
  }

  get isStopped(): boolean {
    return this.#stopped;
  }

  /** Whether there has been such a packet. */
  get isBegun(): boolean {
    return this.#lane !== undefined;
  }

  /** No row of a packet before the one with this number is expected any more. */
  get expected(): number {
    if (this.#feeder === undefined || this.#isOver) return Infinity;
    return this.#options.isPrompt ? this.#feeder.met - packetsOnTheirWay : this.#taken;
  }

  /** How its last tshark ended; undefined where there was none, or it has not. */
  get end(): LaneEnd | undefined {
    return this.#lane?.end;
  }

  get differences(): number {
    return this.#lane?.differences ?? 0;
  }

  get readers(): readonly RowReader<Schema>[] {
    return this.#lane?.readers ?? [];
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.skip();
    this.#feeder?.free();
    await this.#lane?.stop();
  }

  async *rows(): AsyncGenerator<NumberedRows, void, undefined> {
    if (!(await this.#isNeeded) || this.#stopped) return;
    const { newFeeder, asked, ...options } = this.#options;
    this.#feeder = newFeeder();
    this.#lane = new ShardLane({ ...options, feeder: this.#feeder });
    for await (const rows of this.#lane.rows()) {
      this.flows.add(rows.packets);
      const wanted = rowsWithAny(asked.map((field) => rows.packets.column(field)));
      this.rowCount += wanted.length;
      yield {
        packets: new Table(take(columnsOf(rows.packets), wanted)),
        order: wanted.map((row) => rows.order[row] ?? 0),
        unsafe: rows.unsafe,
      };
      this.#taken = rows.order.at(-1) ?? this.#taken;
    }
    this.#isOver = true;
  }
}

/** The rows that have a value in any of these columns. */
function rowsWithAny(columns: readonly Column[]): Uint32Array<ArrayBuffer> {
  const rows = new Uint32Array(columns[0]?.length ?? 0);
  let count = 0;
  for (let row = 0; row < rows.length; row++)
    if (columns.some((column) => !column.isNull(row))) rows[count++] = row;
  return rows.subarray(0, count);
}
