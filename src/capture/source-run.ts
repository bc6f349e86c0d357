import { closeSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { startChild, type Child, type ChildEnding } from '../tshark/child-process.ts';
import { openKernelPipe } from '../tshark/kernel-pipe.ts';
import type { Command } from '../tshark/pipeline.ts';
import type { InterfaceTable } from './interface-table.ts';
import type { PacketBatch } from './packet-batch.ts';
import { PacketNormalizer } from './packet-normalizer.ts';

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

export const noDrops: DropCounts = { kernel: 0, program: 0, interface: 0 };

export interface RunCallbacks {
  readonly onBegun: () => void;
  readonly onBatch: (batch: PacketBatch) => void;
}

/** One life of a capturing program. */
export class SourceRun {
  readonly #options: LiveSourceOptions;
  readonly #child: Child;
  readonly #normalizer: PacketNormalizer;
  #tie: number | undefined;
  #packets = 0;
  #begun = false;
  #dropped = noDrops;
  #drops: DropReader | null = null;
  #over = false;
  #paused = false;
  /** Whether it was at some time since somebody looked. */
  #wasPaused = false;
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

  static async start(options: LiveSourceOptions, callbacks: RunCallbacks): Promise<SourceRun> {
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
    return new SourceRun(options, child, output, tie?.writeEnd, callbacks);
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
    const kernel = await this.#drops?.dropped().catch(() => null);
    if (typeof kernel === 'number' && kernel > this.#dropped.kernel) {
      this.#dropped = { ...this.#dropped, kernel };
    }
  }

  pause(): void {
    this.#paused = true;
    this.#wasPaused = true;
    this.#child.output?.pause();
  }

  resume(): void {
    this.#paused = false;
    this.#child.output?.resume();
  }

  async stop(): Promise<void> {
    this.#untie();
    if (!this.#options.tied) this.#child.interrupt();
    // What is left comes at once, unless nobody takes it; a program that does not end is made to.
    let patience = longestGraces;
    const late = setInterval(() => {
      patience -= 1;
      if (this.#wasPaused && patience > 0) this.#wasPaused = this.#paused;
      else void this.#child.stop();
    }, graceMs);
    await this.ended;
    clearInterval(late);
  }

  #untie(): void {
    if (this.#tie !== undefined) closeSync(this.#tie);
    this.#tie = undefined;
  }

  #take(bytes: Buffer, { onBegun, onBatch }: RunCallbacks): void {
    if (this.#isDamaged()) return;
    const batch = this.#normalizer.push(bytes, this.#options.limit());
    if (!this.#begun && this.#normalizer.begun) {
      this.#begun = true;
      void this.#watch();
      onBegun();
    }
    if (batch !== null) {
      this.#packets += batch.packets;
      if (batch.packets > 0) {
        this.#drops?.delivered(this.#packets, batch.maxTimeNs / 1e9, batch.firstTimeNs / 1e9);
      }
      onBatch(batch);
    }
    if (this.#isDamaged()) void this.#child.stop();
  }

  #isDamaged(): boolean {
    return this.#normalizer.damage !== undefined;
  }

  async #watch(): Promise<void> {
    // Who cannot tell drops is no reason to capture nothing.
    const drops = await this.#options.watchDrops().catch(() => null);
    if (this.#over) await drops?.stop().catch(() => undefined);
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
    await drops?.stop().catch(() => undefined);
    // What the program says itself is exact; but what was counted stays counted.
    const said = this.#options.dropsOf(ending.stderr);
    if (said !== null) {
      this.#dropped = { ...said, kernel: Math.max(said.kernel, this.#dropped.kernel) };
    }
    return { ...ending, damage: this.#normalizer.damage };
  }
}

const graceMs = 3000;
const longestGraces = 20;
