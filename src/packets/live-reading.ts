import { GenerationChain, type ChainEvent } from '../capture/generation-chain.ts';
import { InterfaceTable } from '../capture/interface-table.ts';
import type { PacketBatch } from '../capture/packet-batch.ts';
import type { RingWriter } from '../capture/ring-writer.ts';
import { RttsharkError } from '../errors.ts';
import { preflight } from '../live/preflight.ts';
import { makeRing } from '../live/ring.ts';
import type { Source } from '../live/source.ts';
import { makeSources } from '../live/sources.ts';
import type { DroppedPackets } from '../measure/live-status.ts';
import type { Schema } from '../table/schema.ts';
import type { AnyTable } from '../table/table.ts';
import type { LivePlan } from './live-plan.ts';
import { numberedRows } from './numbered-rows.ts';
import type { CaptureCounts, PacketReading } from './packet-reading.ts';
import { RowQueue } from './row-queue.ts';

/** A capture that goes on until it is ended: tsharks follow each other, rows come as soon as they are known. */
export class LiveReading implements PacketReading {
  readonly #plan: LivePlan;
  readonly #read: Schema;
  readonly #table = new InterfaceTable();
  readonly #chain: GenerationChain;
  readonly #sources: readonly Source[];
  readonly #ring: RingWriter | null;
  readonly #queue = new RowQueue(() => {
    this.#balance();
  });
  readonly #ending = new AbortController();
  #discarding = false;
  #begun = false;
  #paused = false;
  #rows = 0;
  #stderr: readonly string[] = [];
  #problem: RttsharkError | null = null;
  #over: Promise<void> | undefined;

  /** @param read - the columns of the rows; those of the plan's request and, where it is asked for, the packet's number */
  constructor(plan: LivePlan, read: Schema) {
    this.#plan = plan;
    this.#read = read;
    this.#chain = new GenerationChain({
      request: plan.request,
      valueFields: Object.keys(plan.request.schema).filter((field) => !countsFromTheStart.test(field)),
      prelude: () => this.#table.prelude,
      limits: plan.limits,
      longestPauseMs: longestPauseSeconds * 1000,
      replayBytes,
      hungAfterMs,
      onRows: (rows, packets) => {
        const numbered = numberedRows(rows, packets, this.#read);
        this.#rows += numbered.rowCount;
        this.#queue.put(numbered);
        this.#balance();
      },
      onEvent: (event) => {
        this.#onEvent(event);
      },
      onDrain: () => {
        this.#balance();
      },
    });
    this.#ring = makeRing(
      ringOf(plan),
      () => this.#table.prelude,
      () => undefined,
    );
    this.#sources = makeSources(
      { captures: plan.captures, live: { longestPauseSeconds } },
      {
        table: this.#table,
        limit: () => (this.#discarding ? 0 : (plan.packetCount ?? Infinity) - this.#chain.packets),
        onBatch: (batch) => {
          this.#feed(batch);
        },
        onEvent: () => undefined,
        onRestart: () => undefined,
      },
    );
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<AnyTable, void, undefined> {
    if (this.#discarding) return;
    this.#over = this.#run().then(
      () => {
        this.#queue.end();
      },
      (error: unknown) => {
        this.#queue.fail(error);
      },
    );
    try {
      yield* this.#queue.take();
    } finally {
      await this.stop();
    }
  }

  finish(): void {
    this.#ending.abort();
  }

  async stop(): Promise<void> {
    this.#discarding = true;
    this.finish();
    this.#queue.discard();
    this.#resume();
    // What comes before the sources are asked to end waits for nobody.
    await this.#chain.stop();
    await this.#over;
    // One that was never read is nobody else's to end.
    for (const capture of this.#plan.captures) if (capture.kind === 'pipe') capture.stream?.destroy();
  }

  counts(): CaptureCounts {
    const { malformedRows, malformedValues } = this.#chain;
    const all = this.#sources.map((source) => source.status());
    const dropped = all.reduce<DroppedPackets>(
      (sum, { dropped: { kernel, program, interface: link } }) => ({
        kernel: sum.kernel + kernel,
        program: sum.program + program,
        interface: sum.interface + link,
      }),
      { kernel: 0, program: 0, interface: 0 },
    );
    const { packets, generations: tsharks } = this.#chain;
    return { rows: this.#rows, malformedRows, malformedValues, packets, tsharks, dropped };
  }

  stderr(): readonly string[] {
    return this.#stderr;
  }

  problem(): Promise<RttsharkError | null> {
    return Promise.resolve(this.#problem);
  }

  async #run(): Promise<void> {
    const { request, filter } = this.#plan;
    try {
      await preflight(request, filter);
      if (this.#isDiscarding()) return;
      await this.#ring?.start();
      await this.#chain.start();
      if (this.#isDiscarding()) return;
      await this.#capture();
      if (!this.#isDiscarding()) await this.#chain.finish();
    } finally {
      await Promise.all(this.#sources.map((source) => source.stop()));
      await this.#chain.stop();
      await this.#ring?.close();
    }
  }

  #isDiscarding(): boolean {
    return this.#discarding;
  }

  /** Until all sources have ended, or the capture is to end. */
  async #capture(): Promise<void> {
    const { signal } = this.#ending;
    const ended = Promise.all(this.#sources.map((source) => this.#runSource(source)));
    const asked = new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      signal.addEventListener('abort', () => {
        resolve();
      });
    });
    await Promise.race([ended, asked]);
    this.#resume();
    await Promise.all(this.#sources.map((source) => source.stop()));
    await ended;
  }

  async #runSource(source: Source): Promise<void> {
    try {
      await source.run(() => {
        this.#begun = true;
      });
    } catch (error) {
      // Before the capture has begun there are no rows to keep.
      if (!(error instanceof RttsharkError) || !this.#begun) throw error;
      this.#problem ??= error;
    }
  }

  #feed(batch: PacketBatch): void {
    if (this.#discarding) return;
    this.#ring?.write(batch);
    this.#chain.feed(batch);
    if (this.#chain.packets >= (this.#plan.packetCount ?? Infinity)) this.finish();
    this.#balance();
  }

  /** Whoever takes rows slowly slows the sources down; what the kernel cannot hold then is dropped, and counted. */
  #balance(): void {
    if (this.#ending.signal.aborted) return;
    const [rows, bytes] = [this.#queue.rows, this.#chain.backlogBytes];
    if (this.#paused && rows <= mostRows / 4 && bytes <= mostBacklogBytes / 4) this.#resume();
    if (this.#paused || (rows < mostRows && bytes < mostBacklogBytes)) return;
    this.#paused = true;
    for (const source of this.#sources) source.pause();
  }

  #resume(): void {
    if (!this.#paused) return;
    this.#paused = false;
    for (const source of this.#sources) source.resume();
  }

  #onEvent(event: ChainEvent): void {
    if (event.kind === 'tshark_died') this.#stderr = event.ending.stderr;
    if (event.kind === 'tshark_restarted') this.#balance();
    if (event.kind === 'packets_given_up' || (event.kind === 'tshark_restarted' && event.lostPackets > 0)) {
      this.#problem ??= new RttsharkError('tshark_died', 'tshark died again and again on the same packets.', {
        hint: `The rows of ${event.lostPackets} packets are missing.`,
      });
    }
  }
}

function ringOf({ write }: LivePlan): Parameters<typeof makeRing>[0] {
  if (write === undefined) return undefined;
  const { path, ...limits } = write;
  return { path, limits: Object.values(limits).every((limit) => limit === undefined) ? null : limits };
}

/** What each tshark counts from its own first packet on: two that follow each other do not agree in it. */
const countsFromTheStart = /^frame\.time_(?:relative|delta|delta_displayed)$|\.stream(?:_pnum)?$/;

/** Rows that may wait to be taken. */
const mostRows = 65_536;
/** Packets that may wait for tshark; beyond, the kernel has to hold them. */
const mostBacklogBytes = 8 * 1024 * 1024;
/** More than can wait, so that whatever a dead tshark owed is there. */
const replayBytes = 24 * 1024 * 1024;
const hungAfterMs = 60_000;
const longestPauseSeconds = 60;
