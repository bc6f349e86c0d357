import { asAsked } from '../capture/field-schema.ts';
import { RttsharkError } from '../errors.ts';
import type { RowOf, Schema } from '../table/schema.ts';
import { TableBuilder } from '../table/table-builder.ts';
import type { AnyTable, Table } from '../table/table.ts';
import type { CaptureOptions } from './capture-options.ts';
import { destroySource } from './capture-source.ts';
import { longestTimeoutMs, planCapture, type CapturePlan } from './capture-plan.ts';
import { writeKeys, type KeyFolder } from './decryption-keys.ts';
import { openReading } from './open-reading.ts';
import type { CaptureCounts, PacketReading } from './packet-reading.ts';
import type { ColumnWishes, FieldsWanted, SchemaOfFields } from './typed-fields.ts';

const nothingYet: CaptureCounts = {
  rows: 0,
  malformedRows: 0,
  malformedValues: 0,
  packets: null,
  tsharks: null,
  dropped: null,
};

/**
 * The fields of packets, from wherever these come: to be iterated once, as tables or as rows. Nothing is started before
 * the first of them is asked for, and no process, file or descriptor is left behind, whether an iteration comes to its
 * end, breaks off, throws, or is closed. Whoever takes slowly slows tshark down, and with it a file or a pipe; of a live
 * capture the kernel then drops packets, which are counted.
 */
export class Capture<S extends Schema = Schema> implements AsyncIterable<Table<S>>, AsyncDisposable {
  readonly #options: CaptureOptions;
  #plan: Promise<CapturePlan> | undefined;
  #reading: PacketReading | undefined;
  #tables: AsyncGenerator<AnyTable, void, undefined> | undefined;
  #opening: Promise<PacketReading> | undefined;
  #keys: KeyFolder | undefined;
  #taken = false;
  #closing = false;
  #late = false;

  constructor(options: CaptureOptions) {
    this.#options = options;
  }

  /**
   * Names and types of the columns, which every chunk has; known before anything is read.
   *
   * Rejects with RttsharkError `tshark_not_found`, `tshark_too_old`, `filter_invalid` (an unknown field), `usage`.
   */
  get schema(): Promise<S> {
    return this.#planned().then(({ columns }) => columns.schema as S);
  }

  /** What was met so far; of packets and what was dropped of them only a live capture tells. */
  get counts(): CaptureCounts {
    return this.#reading?.counts() ?? nothingYet;
  }

  /** The lines that tshark wrote to standard error so far: the first ones and the last. */
  get stderrTail(): readonly string[] {
    return this.#reading?.stderr() ?? [];
  }

  /**
   * The rows as tables: some thousand rows each, or, of what goes on while it is read, those that came together.
   *
   * @throws RttsharkError `usage` the second time, and what {@link capture} tells of
   */
  async *[Symbol.asyncIterator](): AsyncGenerator<Table<S>, void, undefined> {
    this.#takeOnce();
    const { signal, timeoutMs } = this.#options;
    const stop = () => {
      void this.#reading?.stop();
    };
    const onTimeout = () => {
      this.#late = true;
      this.#reading?.finish();
    };
    const late =
      timeoutMs === undefined ? undefined : setTimeout(onTimeout, Math.min(timeoutMs, longestTimeoutMs));
    signal?.addEventListener('abort', stop, { once: true });
    try {
      throwIfAborted(signal);
      const plan = await this.#planned();
      throwIfAborted(signal);
      this.#opening = this.#open(plan);
      const reading = await this.#opening;
      throwIfAborted(signal);
      if (this.#isOver()) return;
      this.#tables = reading[Symbol.asyncIterator]();
      for await (const table of this.#tables) yield this.#asAsked(plan, table);
      throwIfAborted(signal);
      if (this.#closing) return;
      const problem = await reading.problem();
      if (problem !== null) throw problem;
    } catch (error) {
      throw this.#withStderr(error);
    } finally {
      clearTimeout(late);
      signal?.removeEventListener('abort', stop);
      await this.#release();
    }
  }

  /** The rows one by one. Takes the place of an iteration over the tables. */
  async *rows(): AsyncGenerator<RowOf<S>, void, undefined> {
    for await (const table of this) yield* table.rows();
  }

  /**
   * Calls back for each row, in order; the next one waits until a promise that the callback gives has settled. `false`
   * ends the capture, and so does what the callback throws, which is thrown on.
   */
  async forEach(callback: (row: RowOf<S>) => unknown): Promise<void> {
    for await (const table of this) {
      for (const row of table.rows()) {
        const answer = callback(row);
        if ((answer instanceof Promise ? await answer : answer) === false) return;
      }
    }
  }

  /** All rows as one table, in memory; without rows, an empty one with the same columns. */
  async toTable(): Promise<Table<S>> {
    const tables: Table<S>[] = [];
    for await (const table of this) tables.push(table);
    const [first, ...others] = tables;
    return first?.concat(...others) ?? new TableBuilder(await this.schema).finish();
  }

  /** Ends the capture; what iterates ends without an error. Settles when nothing of it is left. */
  async close(): Promise<void> {
    this.#taken = true;
    this.#closing = true;
    await this.#plan?.catch(() => undefined);
    await this.#opening?.catch(() => undefined);
    await this.#release();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  #planned(): Promise<CapturePlan> {
    this.#plan ??= planCapture(this.#options);
    return this.#plan;
  }

  #takeOnce(): void {
    if (this.#taken) {
      throw new RttsharkError('usage', 'A capture can be iterated once, and not after it was closed.', {
        hint: 'Call capture() again, or keep the rows: toTable() gives all of them.',
      });
    }
    this.#taken = true;
  }

  async #open(plan: CapturePlan): Promise<PacketReading> {
    const { keys } = this.#options;
    this.#keys = keys === undefined ? undefined : await writeKeys(keys);
    const configFolder = this.#keys?.path ?? plan.request.configFolder;
    this.#reading = await openReading(this.#options, {
      ...plan,
      request: { ...plan.request, configFolder },
    });
    return this.#reading;
  }

  #asAsked({ columns }: CapturePlan, table: AnyTable): Table<S> {
    const asked: unknown = asAsked(columns, table);
    return asked as Table<S>;
  }

  /** Whatever there is of it ends. */
  async #release(): Promise<void> {
    await this.#reading?.stop();
    await this.#tables?.return(undefined).catch(() => undefined);
    await this.#keys?.remove();
    destroySource(this.#options.input);
  }

  #isOver(): boolean {
    return this.#closing || this.#late;
  }

  #withStderr(error: unknown): unknown {
    if (!(error instanceof RttsharkError) || error.stderrTail.length > 0 || this.stderrTail.length === 0)
      return error;
    const { code, message, hint, detail, cause } = error;
    return new RttsharkError(code, message, { hint, detail, cause, stderrTail: this.stderrTail });
  }
}

/**
 * The fields of packets, from a file or several, standard input, a stream, memory, interfaces, another host, or a pipe.
 *
 * @returns what is to be iterated, and throws RttsharkError then: `tshark_not_found`, `tshark_too_old`, `filter_invalid`
 *   (an unknown field, a wrong filter), `usage`, `input_unreadable`, `capture_failed`; after the last good row
 *   `input_truncated`, `tshark_died`, `interrupted`
 */
export function capture<const F extends FieldsWanted, const W extends ColumnWishes = object>(
  options: CaptureOptions<F> & W,
): Capture<SchemaOfFields<F, W>> {
  return new Capture(options);
}

/** @throws RttsharkError `interrupted` */
function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted !== true) return;
  throw new RttsharkError('interrupted', 'The capture was interrupted.', { cause: signal.reason });
}
