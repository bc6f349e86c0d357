import { statSync } from 'node:fs';
import { allUnreadable } from '../capture/all-unreadable.ts';
import { BoundedReading, type BoundedOptions } from '../capture/bounded-reading.ts';
import { errorOfEnd } from '../capture/capture-end.ts';
import type { ReadingProgress } from '../capture/capture-reading.ts';
import type { PartDecision } from '../capture/part-decision.ts';
import { filesOf, nameOf, type CaptureRequest } from '../capture/capture-request.ts';
import { sumIfKnown } from '../capture/sum-if-known.ts';
import { RttsharkError, type ErrorCode } from '../errors.ts';
import type { Schema } from '../table/schema.ts';
import type { Table } from '../table/table.ts';
import type { ExtractionPlan } from './extraction-plan.ts';
import { extractedTable } from './extracted-table.ts';

export interface ExtractionSettings extends Omit<BoundedOptions, 'onParts'> {
  /** The display filter as the user wrote it. */
  readonly filter: string | undefined;
  /** Is told how each input is read, and where it turns out that one tshark has to go on alone. */
  readonly onParts?: ((input: string, decision: PartDecision) => void) | undefined;
}

/** Errors that would meet every input alike: nothing else needs to be read. */
const sharedByAll: ReadonlySet<ErrorCode> = new Set(['usage', 'filter_invalid', 'tshark_not_found']);

/**
 * One extraction at work: an async iterable of table chunks, the rows of one input after those of the other. It can be
 * iterated once. What is wrong with one input is among the problems, and the others are read nevertheless.
 */
export class Extraction {
  readonly #plan: ExtractionPlan;
  readonly #settings: ExtractionSettings;
  readonly #problems: RttsharkError[] = [];
  readonly #before: ReadingProgress[] = [];
  #reading: BoundedReading<Schema> | undefined;
  #stopped = false;

  constructor(plan: ExtractionPlan, settings: ExtractionSettings) {
    this.#plan = plan;
    this.#settings = settings;
  }

  /** What was wrong with inputs, in their order. */
  get problems(): readonly RttsharkError[] {
    return this.#problems;
  }

  /** Whether {@link stop} was called. */
  get stopped(): boolean {
    return this.#stopped;
  }

  /** How far all inputs together are. */
  progress(): ReadingProgress {
    const begun = [...this.#before, ...(this.#reading === undefined ? [] : [this.#reading.progress()])];
    const waiting = this.#plan.requests.slice(begun.length).map(({ input }) => bytesOf(input));
    return {
      bytesRead: sumIfKnown(begun.map(({ bytesRead }) => bytesRead)),
      bytesTotal: sumIfKnown([...begun.map(({ bytesTotal }) => bytesTotal), ...waiting]),
      rows: begun.reduce((sum, { rows }) => sum + rows, 0),
    };
  }

  /** Stops the processes: the iteration ends with the rows that were already there. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#reading?.stop();
  }

  /**
   * @throws RttsharkError what concerns all inputs (`usage`, `filter_invalid`, `tshark_not_found`), and
   *   `input_unreadable` where none could be read
   */
  async *[Symbol.asyncIterator](): AsyncGenerator<Table, void, undefined> {
    const { requests } = this.#plan;
    for (const request of requests) {
      if (this.#isStopped()) return;
      yield* this.#read(request);
    }
    const unread = this.#problems.filter(({ code }) => code === 'input_unreadable');
    if (unread.length === requests.length) throw allUnreadable(unread);
  }

  #isStopped(): boolean {
    return this.#stopped;
  }

  async *#read(request: CaptureRequest<Schema>): AsyncGenerator<Table, void, undefined> {
    const input = nameOf(request.input);
    try {
      const whole = yield* this.#rows(request, input, 0);
      // In a column of tshark's list, a very long value may lack its end: what it would be is printed otherwise.
      if (typeof whole === 'number') yield* this.#rows({ ...request, extraction: 'fields' }, input, whole);
    } catch (error) {
      if (!(error instanceof RttsharkError)) throw error;
      if (sharedByAll.has(error.code)) throw error;
      this.#problems.push(error);
    }
    if (this.#reading !== undefined) this.#before.push(this.#reading.progress());
    this.#reading = undefined;
  }

  /**
   * @param skip - rows that were given already
   * @returns how many rows were given, where the input has to be read again for the others
   * @throws RttsharkError what was wrong with the input, after the rows before that
   */
  async *#rows(
    request: CaptureRequest<Schema>,
    input: string,
    skip: number,
  ): AsyncGenerator<Table, number | undefined, undefined> {
    const { filter, onParts, ...bounds } = this.#settings;
    const reading = new BoundedReading(request, {
      ...bounds,
      onParts: (decision) => onParts?.(input, decision),
    });
    this.#reading = reading;
    const mayReadAgain = request.extraction === 'columns' && canBeReadAgain(request);
    let seen = 0;
    for await (const rows of reading) {
      if (mayReadAgain && reading.rowsMaybeCut > 0) return seen;
      const known = Math.max(0, skip - seen);
      seen += rows.rowCount;
      if (known < rows.rowCount)
        yield extractedTable(known === 0 ? rows : rows.slice(known), this.#plan, input);
    }
    if (mayReadAgain && reading.rowsMaybeCut > 0 && !this.#isStopped()) return seen;
    if (reading.end === undefined) return undefined;
    const error = await errorOfEnd(reading.end, { tshark: request.tshark, input, filter });
    if (error !== null) throw error;
    return undefined;
  }
}

/** Whether the same packets come once more: not so of standard input and pipes. */
function canBeReadAgain({ input }: CaptureRequest<Schema>): boolean {
  const files = filesOf(input);
  return files.length > 0 && files.every((file) => bytesOf(file) !== undefined);
}

function bytesOf(input: CaptureRequest<Schema>['input']): number | undefined {
  if (typeof input !== 'string') return sumIfKnown(input.join.map(bytesOf));
  const stats = input === '-' ? undefined : statSync(input, { throwIfNoEntry: false });
  return stats?.isFile() === true ? stats.size : undefined;
}
