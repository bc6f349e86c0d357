import { closeSync } from 'node:fs';
import { openKernelPipe } from '../tshark/kernel-pipe.ts';
import { startPipeline, type Pipeline, type RunningPipeline } from '../tshark/pipeline.ts';
import type { Feeder } from './feeder.ts';

export interface RestWatchOptions {
  /** Begins to feed the packets that belong to no flow that can be told. */
  readonly newFeeder: () => Feeder;
  /** Reads standard input and prints a row for each packet that has TCP in it. */
  readonly pipeline: Pipeline;
  readonly packetsPerTshark?: number | undefined;
}

/** So many packets are seen by two tsharks that follow each other: what is put together of several. */
const overlapPackets = 10_000;

/**
 * Watches the packets that belong to no shard: tells whether tshark finds TCP among them. No tshark is
 * started before it is known that there is such a packet: {@link begin}.
 */
export class RestWatch {
  readonly #options: RestWatchOptions;
  readonly #isNeeded: Promise<boolean>;
  #decide: (isNeeded: boolean) => void = () => undefined;
  #feeder: Feeder | undefined;
  #running: RunningPipeline | undefined;
  #stopped = false;

  constructor(options: RestWatchOptions) {
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

  /** Whether it was stopped, so that what it found says nothing. */
  get isStopped(): boolean {
    return this.#stopped;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.skip();
    this.#feeder?.free();
    await this.#running?.stop();
  }

  /** Why the capture must be left to one process; null where it need not. */
  async finding(): Promise<string | null> {
    if (!(await this.#isNeeded)) return null;
    const { newFeeder, packetsPerTshark = Infinity } = this.#options;
    const feeder = newFeeder();
    this.#feeder = feeder;
    const first = await feeder.feed(undefined, Infinity).ended;
    if (first.kind === 'odd') return first.reason;
    if (first.kind !== 'wanted') return first.kind === 'end' ? null : 'it could not be read';
    for (let given = 0; !this.isStopped; given += packetsPerTshark) {
      const finding = await this.#oneTshark(feeder, given, given + packetsPerTshark);
      if (finding !== undefined) return finding;
    }
    return null;
  }

  /** Undefined where there are more packets. */
  async #oneTshark(feeder: Feeder, given: number, upTo: number): Promise<string | null | undefined> {
    const { pipeline } = this.#options;
    const pipe = await openKernelPipe();
    const running = await startPipeline(pipeline, pipe.readEnd).catch((error: unknown) => {
      closeSync(pipe.writeEnd);
      throw error;
    });
    this.#running = running;
    if (this.#stopped) await running.stop();
    const { ended } = feeder.feed(
      pipe.writeEnd,
      upTo,
      given === 0 ? undefined : { given, packets: overlapPackets },
    );
    const printed = (async () => {
      for await (const bytes of running.last.output ?? []) if ((bytes as Uint8Array).length > 0) return true;
      return false;
    })().catch(() => false);
    if (await printed) {
      await running.stop();
      feeder.free();
      await ended;
      return 'it has TCP in tunnels, fragments or link layers in which flows cannot be told';
    }
    feeder.free();
    const [[ending], reply] = await Promise.all([running.ended, ended]);
    if (reply.kind === 'odd') return reply.reason;
    if (ending?.exitCode !== 0) return 'tshark found something wrong with it';
    if (reply.kind === 'limit') return undefined;
    return reply.kind === 'end' ? null : 'it could not be read';
  }
}
