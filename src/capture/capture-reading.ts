import { closeSync } from 'node:fs';
import type { Schema } from '../table/schema.ts';
import type { Table } from '../table/table.ts';
import type { ChildEnding } from '../tshark/child-process.ts';
import type { Outcome } from '../tshark/outcome.ts';
import { startPipeline, type RunningPipeline } from '../tshark/pipeline.ts';
import { ReadPosition } from '../tshark/read-position.ts';
import { isAtLeast } from '../tshark/version.ts';
import { checkFormat } from './check-format.ts';
import type { CaptureEnd } from './capture-end.ts';
import { filesOf, pipelineFor, type CaptureRequest } from './capture-request.ts';
import { endsWithinFrame } from './frame-end.ts';
import { inspectInput } from './input-file.ts';
import { outcomeOfPipeline, unlessCut, unlessInRow } from './reading-outcome.ts';
import { RowReader, type RowCounts } from './row-reader.ts';
import { asStandardInput, openDescriptor, passOn, standardInput, type FedInput } from './standard-input.ts';

/** How far a reading is. */
export interface ReadingProgress {
  /** Undefined where the system does not tell. */
  readonly bytesRead: number | undefined;
  /** Undefined for a pipe. */
  readonly bytesTotal: number | undefined;
  readonly rows: number;
  /** How much of the work is done, 0 to 1; undefined where the bytes tell it. */
  readonly share?: number | undefined;
}

/**
 * One source being read: an async iterable of table chunks. Processes start with the first chunk that is asked
 * for and are gone when the iteration is over, whether it came to its end, broke off, threw, or was stopped.
 * It can be iterated once.
 */
export class CaptureReading<S extends Schema> {
  readonly #request: CaptureRequest<S>;
  readonly #reader: RowReader<S>;
  #running: RunningPipeline | undefined;
  #fed: FedInput | undefined;
  #position: ReadPosition | undefined;
  #bytesTotal: number | undefined;
  readonly #stopping = new AbortController();
  #end: CaptureEnd | undefined;

  constructor(request: CaptureRequest<S>) {
    const { input } = request;
    this.#request = { ...request, input: typeof input === 'string' ? asStandardInput(input) : input };
    this.#reader = new RowReader({
      schema: request.schema,
      quotesAreDoubled: isAtLeast(request.tshark.version, '4.3'),
      extraction: request.extraction,
      occurrence: request.occurrence,
      prompt: request.prompt === true,
    });
  }

  /** How it ended; undefined before that. */
  get end(): CaptureEnd | undefined {
    return this.#end;
  }

  /** The lines of standard error so far, of the programs in their order. */
  stderr(): readonly string[] {
    return this.#running?.children.flatMap((child) => child.stderr()) ?? [];
  }

  /** What was met so far. */
  get counts(): Readonly<RowCounts> {
    return this.#reader.counts;
  }

  /** Rows that were left out because a value in them may have been cut: with `-T fields` they would be whole. */
  get rowsMaybeCut(): number {
    return this.#reader.rowsMaybeCut;
  }

  #isStopped(): boolean {
    return this.#stopping.signal.aborted;
  }

  progress(): ReadingProgress {
    return {
      bytesRead: this.#fed?.bytes() ?? this.#position?.bytes(),
      bytesTotal: this.#bytesTotal,
      rows: this.#reader.counts.rows,
    };
  }

  /** Stops the processes; the iteration ends with the rows that were already there. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#fed?.close();
    await this.#running?.stop();
  }

  /** @throws RttsharkError `input_unreadable` for what is plainly no capture, before any process starts */
  async *[Symbol.asyncIterator](): AsyncGenerator<Table<S>, void, undefined> {
    const running = await this.#start();
    if (running === null) return;
    try {
      const { output } = running.last;
      if (output !== undefined) yield* this.#rows(output);
      const endings = await running.ended;
      this.#end = { ...unlessInRow(this.#outcome(endings), this.#reader.counts), ...this.#reader.counts };
    } finally {
      this.#fed?.close();
      if (this.#end === undefined) await running.stop();
    }
  }

  async *#rows(output: AsyncIterable<Uint8Array>): AsyncGenerator<Table<S>, void, undefined> {
    try {
      yield* this.#reader.read(output);
    } catch (error) {
      // Stopping destroys the stream under the reader; any other failure is a bug.
      if (!this.#isStopped()) throw error;
    }
  }

  async #start(): Promise<RunningPipeline | null> {
    const { input, tshark } = this.#request;
    const files = filesOf(input);
    const inspected = files.map((path) => ({ path, ...inspectInput(path) }));
    for (const { path, kind, start } of inspected)
      if (kind === 'file') await checkFormat(path, start, tshark);
    let pipeline = pipelineFor(this.#request);
    let stdin: number | 'inherit' | 'ignore' = 'ignore';
    const descriptor = typeof input === 'string' ? openDescriptor(input) : null;
    if (input === '-') {
      const fed = await this.#feed();
      if (fed === null) return null;
      this.#fed = fed;
      this.#bytesTotal = this.#fed.size;
      stdin = this.#fed.stdin;
    } else if (descriptor !== null) {
      pipeline = pipelineFor({ ...this.#request, input: '-' });
      stdin = descriptor;
    }
    if (inspected.length > 0 && inspected.every(({ kind }) => kind === 'file')) {
      this.#bytesTotal = inspected.reduce((sum, { size }) => sum + (size ?? 0), 0);
    }
    if (this.#isStopped()) {
      this.#fed?.close();
      if (typeof stdin === 'number') closeSync(stdin);
      return null;
    }
    const running = await startPipeline(pipeline, stdin).catch((error: unknown) => {
      this.#fed?.close();
      throw error;
    });
    this.#running = running;
    const pid = running.children[0]?.pid;
    if (pid !== undefined && descriptor === null) this.#position = new ReadPosition(pid, files);
    // Whoever stopped us while the processes started had none to stop.
    if (this.#isStopped()) await running.stop();
    return running;
  }

  /** Null where we are stopped before anything comes. */
  async #feed(): Promise<FedInput | null> {
    try {
      const { stream } = this.#request;
      const { signal } = this.#stopping;
      return await (stream === undefined ? standardInput(signal) : passOn(stream.bytes, signal, stream.name));
    } catch (error) {
      if (this.#isStopped()) return null;
      throw error;
    }
  }

  #outcome(endings: readonly ChildEnding[]): Outcome {
    const { version } = this.#request.tshark;
    const outcome = outcomeOfPipeline(endings, { version, stopped: this.#isStopped() });
    const failure = this.#fed?.failure();
    if (failure !== undefined)
      return { kind: 'truncated', words: `Reading ${this.#fedName()} failed: ${failure}` };
    // With a packet count, what lies behind those packets does not matter.
    return this.#request.packetCount === undefined ? unlessCut(outcome, () => this.#cutInputs()) : outcome;
  }

  #fedName(): string {
    const { stream } = this.#request;
    return stream === undefined || stream.name === '-' ? 'standard input' : `input "${stream.name}"`;
  }

  #cutInputs(): string[] {
    const files = filesOf(this.#request.input).filter(endsWithinFrame);
    const fed = this.#fed?.endedWithinFrame() === true ? [this.#fedName()] : [];
    return [...files.map((path) => `file "${path}"`), ...fed];
  }
}
