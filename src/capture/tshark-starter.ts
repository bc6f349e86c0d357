import { setTimeout as sleep } from 'node:timers/promises';
import { ChainMember } from './chain-member.ts';
import { Generation, type GenerationRequest } from './generation.ts';
import { RestartPause } from './restart-pause.ts';
import { ShardedGeneration } from './sharded-generation.ts';

export interface TsharkStarterOptions {
  readonly request: GenerationRequest;
  readonly longestPauseMs: number;
  readonly onDrain: () => void;
  readonly onFailure: (error: unknown, pauseMs: number) => void;
}

/** Starts the tsharks of a live capture, and knows all that have not ended. */
export class TsharkStarter {
  readonly #options: TsharkStarterOptions;
  readonly #pause: RestartPause;
  readonly #alive = new Set<ChainMember>();
  readonly #starting = new Set<Promise<unknown>>();
  readonly #stopped = new AbortController();
  #started = 0;
  #followerNotBeforeMs = 0;
  #startingFollower = false;

  constructor(options: TsharkStarterOptions) {
    this.#options = options;
    this.#pause = new RestartPause({ firstMs: 50, longestMs: options.longestPauseMs });
  }

  /** How many were started so far. */
  get started(): number {
    return this.#started;
  }

  /** The pause that is due after a death. */
  pauseMs(ranForMs: number): number {
    return this.#pause.nextMs(ranForMs);
  }

  /**
   * Null where all was stopped meanwhile.
   *
   * @param shards - how many tsharks share the packets
   * @throws RttsharkError `capture_failed` where the system makes no pipe
   */
  async start(shards: number): Promise<ChainMember | null> {
    const { request } = this.#options;
    const starting = shards === 1 ? Generation.start(request) : ShardedGeneration.start(request, shards);
    this.#starting.add(starting);
    try {
      const generation = await starting;
      this.#started += 1;
      const member = new ChainMember(generation, this.#started, performance.now());
      this.#alive.add(member);
      void generation.ended.then(() => this.#alive.delete(member));
      generation.onDrain(this.#options.onDrain);
      if (!this.#isStopped()) return member;
      await generation.stop();
      return null;
    } finally {
      this.#starting.delete(starting);
    }
  }

  /** The same for one that nobody waits for; null too where one is being started, or it is too early to try again. */
  async startFollower(shards: number): Promise<ChainMember | null> {
    if (this.#startingFollower || performance.now() < this.#followerNotBeforeMs) return null;
    this.#startingFollower = true;
    try {
      return await this.start(shards);
    } catch (error) {
      this.#options.onFailure(error, this.followerDied(0));
      return null;
    } finally {
      this.#startingFollower = false;
    }
  }

  /** The pause, in milliseconds, before another one is started. */
  followerDied(ranForMs: number): number {
    const pauseMs = this.#pause.nextMs(ranForMs);
    this.#followerNotBeforeMs = performance.now() + pauseMs;
    return pauseMs;
  }

  /**
   * Tries again and again until one is there, which reads all packets by itself, beginning after a pause.
   *
   * @param mayGoOn - asked after each failure
   * @returns null where all was stopped meanwhile, or it may not go on
   */
  async startAfter(
    firstPauseMs: number,
    mayGoOn: (failures: number) => boolean,
  ): Promise<ChainMember | null> {
    let pauseMs = firstPauseMs;
    for (let failures = 0; failures === 0 || mayGoOn(failures); failures++) {
      // Aborted, it ends early.
      await sleep(pauseMs, undefined, { signal: this.#stopped.signal }).catch(() => undefined);
      if (this.#isStopped()) return null;
      try {
        return await this.start(1);
      } catch (error) {
        pauseMs = this.#pause.nextMs(0);
        this.#options.onFailure(error, pauseMs);
      }
    }
    return null;
  }

  /** Ends all that run, and lets none start any more. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    await Promise.allSettled([...this.#starting]);
    await Promise.all([...this.#alive].map(({ generation }) => generation.stop()));
  }

  #isStopped(): boolean {
    return this.#stopped.signal.aborted;
  }
}
