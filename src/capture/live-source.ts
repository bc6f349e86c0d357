import { setTimeout as sleep } from 'node:timers/promises';
import type { PacketBatch } from './packet-batch.ts';
import { RestartPause } from './restart-pause.ts';
import {
  noDrops,
  SourceRun,
  type DropCounts,
  type LiveSourceOptions,
  type RunCallbacks,
  type SourceEnding,
} from './source-run.ts';

export type { DropCounts, DropReader, LiveSourceOptions, SourceEnding, SourceEvent } from './source-run.ts';

/** One source of packets that is kept alive: an interface, or another host. */
export class LiveSource {
  readonly #options: LiveSourceOptions;
  readonly #pause: RestartPause;
  readonly #stopping = new AbortController();
  #running: SourceRun | undefined;
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
      const callbacks = {
        onBegun: () => {
          const gapMs = this.#closeGap();
          this.#options.onEvent({ kind: 'began', afterGapMs: gapMs });
          if (!first.begun) onBegun();
          first.begun = true;
        },
        onBatch: (batch: PacketBatch) => {
          this.#packets += batch.packets;
          this.#bytes += batch.capturedBytes;
          this.#options.onBatch(batch);
        },
      };
      const ending = await this.#runOnce(callbacks, first.begun);
      if (this.#isStopping()) break;
      if (!first.begun) return ending;
      if (this.#gapSinceMs === undefined) {
        this.#gapSinceMs = performance.now();
        this.#gaps += 1;
      }
      const pauseMs = this.#pause.nextMs(ending.capturedForMs);
      this.#options.onEvent({ kind: 'died', ending, pauseMs });
      // Aborted, it ends early.
      await sleep(pauseMs, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
    }
    this.#closeGap();
    return null;
  }

  /** One life of the program, from its start to its end. */
  async #runOnce(
    callbacks: RunCallbacks,
    mayFail: boolean,
  ): Promise<SourceEnding & { capturedForMs: number }> {
    const startedAtMs = performance.now();
    let run: SourceRun;
    try {
      run = await SourceRun.start(this.#options, callbacks);
    } catch (error) {
      if (!mayFail) throw error;
      return { ...neverStarted(error), capturedForMs: 0 };
    }
    this.#running = run;
    if (this.#paused) run.pause();
    if (this.#isStopping()) void run.stop();
    const ending = await run.ended;
    this.#dropsBefore = added(this.#dropsBefore, run.dropped);
    this.#running = undefined;
    return { ...ending, capturedForMs: run.begun ? performance.now() - startedAtMs : 0 };
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

/** As the end of a program that was never there. */
function neverStarted(error: unknown): SourceEnding {
  const words = error instanceof Error ? error.message : String(error);
  return {
    exitCode: null,
    signal: null,
    stderr: [words],
    stopped: false,
    spawnError: 'unknown',
    damage: undefined,
  };
}

function added(a: DropCounts, b: DropCounts): DropCounts {
  return {
    kernel: a.kernel + b.kernel,
    program: a.program + b.program,
    interface: a.interface + b.interface,
  };
}
