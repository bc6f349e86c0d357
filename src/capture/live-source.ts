import { closeSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { startChild, type Child, type ChildEnding } from '../tshark/child-process.ts';
import { openKernelPipe } from '../tshark/kernel-pipe.ts';
import type { Command } from '../tshark/pipeline.ts';
import type { InterfaceTable } from './interface-table.ts';
import type { PacketBatch } from './packet-batch.ts';
import { PacketNormalizer } from './packet-normalizer.ts';
import { DamagedCapture } from './record-reader.ts';
import { RestartPause } from './restart-pause.ts';

/** Packets that the capturing program says it did not deliver, by who lost them. */
export interface DropCounts {
  readonly kernel: number;
  readonly program: number;
  readonly interface: number;
}

/** Something that tells drops while a capturing program runs. */
export interface DropReader {
  /**
   * Told what has come.
   *
   * @param packets - so far
   * @param newestSeconds - time of the newest packet
   * @param oldestSeconds - of the oldest of those that came last
   */
  delivered(packets: number, newestSeconds: number, oldestSeconds: number): void;
  /** Packets that the kernel dropped since it was started, as far as is known; never falls. */
  dropped(): Promise<number | null>;
  stop(): Promise<void>;
}

/** A capturing program that is started again when it dies. */
export interface LiveSourceOptions {
  readonly command: Command;
  /** The interface's name for captures that do not tell it. */
  readonly interfaceName: string;
  /** Ended by the end of its standard input, not by a signal: a program on another host. */
  readonly tied: boolean;
  readonly table: InterfaceTable;
  readonly longestPauseMs: number;
  /** Reads what the program says at its end of what was dropped; null where it says nothing. */
  readonly dropsOf: (stderr: readonly string[]) => DropCounts | null;
  /** Called whenever the program has begun to capture; null where nobody can tell drops meanwhile. */
  readonly watchDrops: () => Promise<DropReader | null>;
  /** Packets that may still come; asked before each batch. */
  readonly limit: () => number;
  readonly onBatch: (batch: PacketBatch) => void;
  readonly onEvent: (event: SourceEvent) => void;
}

export type SourceEvent =
  | { readonly kind: 'began'; readonly afterGapMs: number | null }
  | { readonly kind: 'died'; readonly ending: SourceEnding; readonly pauseMs: number };

export interface SourceEnding extends ChildEnding {
  /** What was wrong with what it wrote; undefined where nothing was. */
  readonly damage: string | undefined;
}

const noDrops: DropCounts = { kernel: 0, program: 0, interface: 0 };

/** One source of packets that is kept alive: an interface, or another host. */
export class LiveSource {
  readonly #options: LiveSourceOptions;
  readonly #pause: RestartPause;
  readonly #stopping = new AbortController();
  #running: Run | undefined;
  #paused = false;
  #packets = 0;
  #bytes = 0;
  #dropsBefore = noDrops;
  #gaps = 0;
  #gapMs = 0;
  #gapSinceMs: number | undefined;

  constructor(options: LiveSourceOptions) {
    this.#options = options;
    this.#pause = new RestartPause({ longestMs: options.longestPauseMs });
  }

  get packets(): number {
    return this.#packets;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Whether packets are captured at this moment. */
  get isCapturing(): boolean {
    return this.#running?.begun === true;
  }

  get gaps(): number {
    return this.#gaps;
  }

  /** Time in which it did not capture since it first did, the gap that is open included. */
  get gapSeconds(): number {
    const open = this.#gapSinceMs === undefined ? 0 : performance.now() - this.#gapSinceMs;
    return (this.#gapMs + open) / 1000;
  }

  get pid(): number | undefined {
    return this.#running?.pid;
  }

  /** Whether drops are known while it captures. */
  get dropsAreLive(): boolean {
    return this.#running?.watchesDrops === true;
  }

  dropped(): DropCounts {
    return added(this.#dropsBefore, this.#running?.dropped ?? noDrops);
  }

  /** Asks for the drops of this moment. */
  async readDrops(): Promise<void> {
    await this.#running?.readDrops();
  }

  /**
   * Runs until it is stopped. Settles before that where the program cannot even start to capture the first time.
   *
   * @param onBegun - called when the first packet can come
   * @returns how it ended then; null after it was stopped
   */
  async run(onBegun: () => void): Promise<SourceEnding | null> {
    const first = { begun: false };
    while (!this.#stopping.signal.aborted) {
      const startedAtMs = performance.now();
      const run = await Run.start(this.#options, {
        onBegun: () => {
          const gapMs = this.#closeGap();
          this.#options.onEvent({ kind: 'began', afterGapMs: gapMs });
          if (!first.begun) onBegun();
          first.begun = true;
        },
        onBatch: (batch) => {
          this.#packets += batch.packets;
          this.#bytes += batch.capturedBytes;
          this.#options.onBatch(batch);
        },
      });
      this.#running = run;
      if (this.#paused) run.pause();
      if (this.#isStopping()) void run.stop();
      const ending = await run.ended;
      this.#dropsBefore = added(this.#dropsBefore, run.dropped);
      this.#running = undefined;
      if (this.#isStopping()) break;
      if (!first.begun) return ending;
      if (this.#gapSinceMs === undefined) {
        this.#gapSinceMs = performance.now();
        this.#gaps += 1;
      }
      const pauseMs = this.#pause.nextMs(run.begun ? performance.now() - startedAtMs : 0);
      this.#options.onEvent({ kind: 'died', ending, pauseMs });
      // Aborted, it ends early.
      await sleep(pauseMs, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
    }
    this.#closeGap();
    return null;
  }

  /** The program is asked to end; what it has still to give is taken. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running?.stop();
  }

  pause(): void {
    this.#paused = true;
    this.#running?.pause();
  }

  resume(): void {
    this.#paused = false;
    this.#running?.resume();
  }

  #isStopping(): boolean {
    return this.#stopping.signal.aborted;
  }

  #closeGap(): number | null {
    if (this.#gapSinceMs === undefined) return null;
    const gapMs = performance.now() - this.#gapSinceMs;
    this.#gapMs += gapMs;
    this.#gapSinceMs = undefined;
    return gapMs;
  }
}

interface RunCallbacks {
  readonly onBegun: () => void;
  readonly onBatch: (batch: PacketBatch) => void;
}

/** One life of the program. */
class Run {
  readonly #options: LiveSourceOptions;
  readonly #child: Child;
  readonly #normalizer: PacketNormalizer;
  #tie: number | undefined;
  #packets = 0;
  #begun = false;
  #dropped = noDrops;
  #drops: DropReader | null = null;
  #damage: string | undefined;
  #over = false;
  readonly ended: Promise<SourceEnding>;

  private constructor(
    options: LiveSourceOptions,
    child: Child,
    output: Readable,
    tie: number | undefined,
    callbacks: RunCallbacks,
  ) {
    this.#options = options;
    this.#child = child;
    this.#tie = tie;
    this.#normalizer = new PacketNormalizer(options.table, options.interfaceName);
    output.on('data', (bytes: Buffer) => {
      this.#take(bytes, callbacks);
    });
    output.on('error', () => undefined);
    this.ended = this.#end(output);
  }

  static async start(options: LiveSourceOptions, callbacks: RunCallbacks): Promise<Run> {
    const { file, args } = options.command;
    const tie = options.tied ? await openKernelPipe() : undefined;
    let child: Child;
    try {
      child = startChild(file, args, { stdin: tie?.readEnd ?? 'ignore', apart: true });
    } finally {
      if (tie !== undefined) closeSync(tie.readEnd);
    }
    const { output } = child;
    if (output === undefined) throw new Error('A capturing program has an output.');
    return new Run(options, child, output, tie?.writeEnd, callbacks);
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  get begun(): boolean {
    return this.#begun;
  }

  get dropped(): DropCounts {
    return this.#dropped;
  }

  get watchesDrops(): boolean {
    return this.#drops !== null;
  }

  async readDrops(): Promise<void> {
    const kernel = await this.#drops?.dropped();
    if (typeof kernel === 'number' && kernel > this.#dropped.kernel) {
      this.#dropped = { ...this.#dropped, kernel };
    }
  }

  pause(): void {
    this.#child.output?.pause();
  }

  resume(): void {
    this.#child.output?.resume();
  }

  async stop(): Promise<void> {
    this.#untie();
    if (!this.#options.tied) this.#child.interrupt();
    // What is left comes at once; a program that does not end is made to.
    const late = setTimeout(() => void this.#child.stop(), graceMs);
    await this.ended;
    clearTimeout(late);
  }

  #untie(): void {
    if (this.#tie !== undefined) closeSync(this.#tie);
    this.#tie = undefined;
  }

  #take(bytes: Buffer, { onBegun, onBatch }: RunCallbacks): void {
    if (this.#damage !== undefined) return;
    try {
      const batch = this.#normalizer.push(bytes, this.#options.limit());
      if (!this.#begun && this.#normalizer.begun) {
        this.#begun = true;
        void this.#watch();
        onBegun();
      }
      if (batch === null) return;
      this.#packets += batch.packets;
      if (batch.packets > 0) {
        this.#drops?.delivered(this.#packets, batch.maxTimeNs / 1e9, batch.firstTimeNs / 1e9);
      }
      onBatch(batch);
    } catch (error) {
      if (!(error instanceof DamagedCapture)) throw error;
      this.#damage = error.message;
      void this.#child.stop();
    }
  }

  async #watch(): Promise<void> {
    const drops = await this.#options.watchDrops();
    if (this.#over) await drops?.stop();
    else this.#drops = drops;
  }

  async #end(output: Readable): Promise<SourceEnding> {
    const closed = new Promise<void>((resolve) => output.once('close', resolve));
    const ending = await this.#child.ended;
    await closed;
    this.#untie();
    this.#over = true;
    const drops = this.#drops;
    this.#drops = null;
    await drops?.stop();
    // What the program says itself is exact.
    const said = this.#options.dropsOf(ending.stderr);
    if (said !== null) this.#dropped = said;
    return { ...ending, damage: this.#damage };
  }
}

const graceMs = 3000;

function added(a: DropCounts, b: DropCounts): DropCounts {
  return {
    kernel: a.kernel + b.kernel,
    program: a.program + b.program,
    interface: a.interface + b.interface,
  };
}
