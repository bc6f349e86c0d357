import type { Schema } from '../table/schema.ts';
import type { Table } from '../table/table.ts';
import { bothFilters } from '../tshark/display-filter.ts';
import type { CaptureEnd } from './capture-end.ts';
import { CaptureReading, type ReadingProgress } from './capture-reading.ts';
import type { CaptureRequest } from './capture-request.ts';
import { decideAlone, decideParts, type PartDecision, type PartWishes } from './part-decision.ts';
import { PartedReading } from './parted-reading.ts';
import type { RowCounts } from './row-reader.ts';

export interface BoundedOptions extends PartWishes {
  /** As {@link PartedOptions.overlapPackets}. */
  readonly overlapPackets?: number | undefined;
  /** Is told how the input is read: at its beginning, and where one tshark has to go on alone. */
  readonly onParts?: ((decision: PartDecision) => void) | undefined;
}

const noRows: RowCounts = { rows: 0, malformedRows: 0, malformedValues: 0, cutShort: false };

/**
 * One source being read by one tshark, or, where that one would grow too large and the values are the same, by several
 * that follow each other. As {@link CaptureReading} in everything else.
 */
export class BoundedReading<S extends Schema> {
  readonly #request: CaptureRequest<S>;
  readonly #options: BoundedOptions;
  #reading: CaptureReading<S> | PartedReading<S> | undefined;
  /** What came of those that read parts, where one has to go on behind them. */
  #before: Readonly<RowCounts> = noRows;
  #maybeCutBefore = 0;
  #progressBefore: ReadingProgress | undefined;
  #isStopped = false;

  constructor(request: CaptureRequest<S>, options: BoundedOptions = {}) {
    this.#request = request;
    this.#options = options;
  }

  /** How it ended; undefined before that. */
  get end(): CaptureEnd | undefined {
    const end = this.#reading?.end;
    return end === undefined ? undefined : { ...end, ...this.counts };
  }

  stderr(): readonly string[] {
    return this.#reading?.stderr() ?? [];
  }

  /** What was met so far. */
  get counts(): Readonly<RowCounts> {
    const now = this.#reading?.counts ?? noRows;
    return {
      rows: this.#before.rows + now.rows,
      malformedRows: this.#before.malformedRows + now.malformedRows,
      malformedValues: this.#before.malformedValues + now.malformedValues,
      cutShort: now.cutShort,
    };
  }

  /** Rows that were left out because a value in them may have been cut: with `-T fields` they would be whole. */
  get rowsMaybeCut(): number {
    return this.#maybeCutBefore + (this.#reading?.rowsMaybeCut ?? 0);
  }

  progress(): ReadingProgress {
    const { bytesRead, bytesTotal } = this.#reading?.progress() ?? {};
    const before = this.#progressBefore;
    return {
      // Who goes on alone reads again what was read.
      bytesRead: before?.bytesRead === undefined ? bytesRead : Math.max(before.bytesRead, bytesRead ?? 0),
      bytesTotal: bytesTotal ?? before?.bytesTotal,
      rows: this.counts.rows,
    };
  }

  /** Stops the processes; the iteration ends with the rows that were already there. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#reading?.stop();
  }

  /** @throws RttsharkError `input_unreadable` for what is plainly no capture, before any process starts */
  async *[Symbol.asyncIterator](): AsyncGenerator<Table<S>, void, undefined> {
    const request = this.#request;
    const { onParts, overlapPackets, ...wishes } = this.#options;
    const decision = decideParts(request, wishes);
    const { packetsPerTshark } = decision;
    onParts?.(decision);
    if (packetsPerTshark === undefined) {
      yield* this.#alone(request);
      return;
    }
    const parted = new PartedReading(request, { packetsPerTshark, overlapPackets });
    this.#reading = parted;
    if (this.#isStopped) return;
    yield* parted;
    if (parted.whyAlone === undefined || this.#hasToStop()) return;
    onParts?.(decideAlone(request, parted.whyAlone, wishes));
    this.#maybeCutBefore = parted.rowsMaybeCut;
    this.#progressBefore = parted.progress();
    this.#before = { ...parted.counts, malformedRows: 0, malformedValues: 0 };
    const behind = `frame.number > ${parted.lastNumber}`;
    yield* this.#alone({ ...request, displayFilter: bothFilters(behind, request.displayFilter) });
  }

  #hasToStop(): boolean {
    return this.#isStopped;
  }

  async *#alone(request: CaptureRequest<S>): AsyncGenerator<Table<S>, void, undefined> {
    const reading = new CaptureReading(request);
    this.#reading = reading;
    if (this.#hasToStop()) await reading.stop();
    yield* reading;
  }
}
