import { availableParallelism } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { GenerationChain, type ChainEvent } from '../capture/generation-chain.ts';
import { InterfaceTable } from '../capture/interface-table.ts';
import type { PacketBatch } from '../capture/packet-batch.ts';
import type { RingWriter } from '../capture/ring-writer.ts';
import { RttsharkError } from '../errors.ts';
import type { CaptureResults } from '../measure/capture-collector.ts';
import { LiveCaptureCollector } from '../measure/live-capture-collector.ts';
import type { CounterResult } from '../measure/counter-collector.ts';
import type { CaptureState, LiveStatus, PushCounts, RemoteWriteCounts } from '../measure/live-status.ts';
import type { GroupHistogramCounts } from '../measure/running-histogram.ts';
import type { AnyTable } from '../table/table.ts';
import { occurrenceSeparator } from '../tshark/arguments.ts';
import { chainEventText } from './chain-event-text.ts';
import { Lag } from './lag.ts';
import type { LiveEvent } from './live-event.ts';
import type { LivePlan } from './live-plan.ts';
import { LiveWarnings } from './live-warnings.ts';
import { preflight } from './preflight.ts';
import { RestartCounter } from './restart-reasons.ts';
import { makeRing } from './ring.ts';
import type { Source } from './source.ts';
import { makeSources } from './sources.ts';
import { TsharkGaps } from './tshark-gaps.ts';

/** What was observed in one interval, and since the start. */
export interface IntervalReport {
  /** Seconds since the epoch. */
  readonly start: number;
  readonly end: number;
  readonly interval: CaptureResults;
  readonly total: CaptureResults;
}

/** How a live capture ended. */
export interface LiveEnd {
  /** Of everything since the start. */
  readonly total: CaptureResults;
  /** What cut it short, where it did not end because it was asked to. */
  readonly problem: RttsharkError | null;
}

export interface LiveRunOptions {
  /** rttshark's own version. */
  readonly version: string;
  readonly plan: LivePlan;
  readonly onReport: (report: IntervalReport) => void;
  readonly onEvent: (event: LiveEvent) => void;
  /** Called when packets can come from all sources. */
  readonly onBegun: () => void;
}

/** One live capture at work: sources, the tsharks that follow each other, the statistics. */
export class LiveRun {
  readonly #options: LiveRunOptions;
  readonly #table = new InterfaceTable();
  readonly #collector: LiveCaptureCollector;
  readonly #lag = new Lag();
  readonly #restarts = new RestartCounter();
  readonly #startedAt = Date.now() / 1000;
  readonly #stopping = new AbortController();
  readonly #sources: readonly Source[];
  readonly #ring: RingWriter | null;
  readonly #chain: GenerationChain;
  #isPaused = false;
  #begun = false;
  readonly #tsharkGaps = new TsharkGaps(this.#restarts);
  readonly #warnings = new LiveWarnings();
  #intervalStart = Date.now() / 1000;
  #problem: RttsharkError | null = null;
  #pushes: () => PushCounts = () => ({ succeeded: 0, failed: {}, lastSuccessAt: null });
  #remoteWrites: (() => RemoteWriteCounts) | undefined;

  constructor(options: LiveRunOptions) {
    this.#options = options;
    const { plan } = options;
    const { live } = plan;
    this.#collector = new LiveCaptureCollector({
      ...plan.observed,
      occurrenceSeparator,
      histograms: plan.layouts.map(({ buckets, native }) => ({
        bucketBounds: buckets,
        exponential: native,
        exemplars: live.exemplars,
      })),
      expireMs: live.expireSeconds * 1000,
      exactSamples: plan.exactSamples,
    });
    this.#chain = new GenerationChain({
      request: plan.request,
      shards: plan.shards,
      cores: availableParallelism(),
      valueFields: plan.valueFields,
      prelude: () => this.#table.prelude,
      limits: live.generation,
      longestPauseMs: live.longestPauseSeconds * 1000,
      replayBytes,
      hungAfterMs,
      onRows: (rows) => {
        this.#take(rows);
      },
      onEvent: (event) => {
        this.#chainEvent(event);
      },
      onDrain: () => {
        this.#resumeIfDrained();
      },
    });
    this.#ring = makeRing(live.write, () => this.#table.prelude, options.onEvent);
    this.#sources = makeSources(plan, {
      table: this.#table,
      limit: () => (live.packetCount ?? Infinity) - this.#chain.packets,
      onBatch: (batch) => {
        this.#feed(batch);
      },
      onEvent: options.onEvent,
      onRestart: (program, reason) => {
        this.#restarts.add(program, reason);
      },
    });
  }

  /** Where the figures about pushes come from. */
  countPushes(counts: () => PushCounts): void {
    this.#pushes = counts;
  }

  /** Where the figures about remote writes come from. */
  countRemoteWrites(counts: () => RemoteWriteCounts): void {
    this.#remoteWrites = counts;
  }

  /** Whether packets are being captured, and dissected. */
  get isReady(): boolean {
    return this.#begun && this.#state() === 'running';
  }

  /**
   * Captures until {@link stop}, the end of a pipe, or what the options say. To be called once.
   *
   * @throws RttsharkError where the capture cannot begin: `capture_failed`, `filter_invalid`, `usage`, `input_unreadable`
   */
  async run(): Promise<LiveEnd> {
    const { live, request, oneTshark } = this.#options.plan;
    await preflight(request, live.filter);
    if (oneTshark !== null)
      this.#say('debug', 'shards', `One tshark reads all packets: ${oneTshark}.`, { reason: oneTshark });
    await this.#ring?.start();
    await this.#chain.start();
    const timers = this.#timers();
    try {
      await this.#capture();
      await this.#finish();
    } catch (error) {
      await this.#chain.stop();
      throw error;
    } finally {
      timers.forEach(clearInterval);
      await Promise.all(this.#sources.map((source) => source.stop()));
      await this.#ring?.close();
    }
    this.#report();
    return { total: this.results(), problem: this.#problem };
  }

  /** Ends the capture: {@link run} gives what was captured by then. */
  stop(): void {
    this.#stopping.abort();
  }

  /** Everything since the start, at this moment. */
  results(): CaptureResults {
    return this.#collector.results();
  }

  /**
   * The histograms of all groups of one measurement at this moment.
   *
   * @param at - the measurement's place among all of them
   */
  histograms(at: number): Iterable<GroupHistogramCounts> {
    return this.#collector.histograms(at);
  }

  /** What was counted since the start, at this moment. */
  counted(): readonly CounterResult[] {
    return this.#collector.counted();
  }

  status(): LiveStatus {
    const { plan, version } = this.#options;
    const sources = this.#sources.map((source) => source.status());
    const { samples, groups, expiredGroups, samplesInOther } = this.#collector.counts;
    const gaps = this.#sources.reduce((sum, source) => sum + source.gaps, this.#tsharkGaps.count);
    const gapSeconds = this.#sources.reduce(
      (sum, source) => sum + source.gapSeconds,
      this.#tsharkGaps.seconds,
    );
    const sample = plan.live.sample;
    return {
      version,
      tsharkVersion: plan.request.tshark.version.text,
      state: this.#state(),
      startedAt: this.#startedAt,
      sources,
      samples: samples.reduce((sum, { count }) => sum + count, 0),
      samplesByMeasurement: samples,
      malformedRows: this.#chain.malformedRows,
      malformedValues: this.#chain.malformedValues,
      lagSeconds: this.#lag.lastSeconds,
      worstLagSeconds: this.#lag.worstSeconds,
      groups,
      maxGroups: plan.live.maxGroups,
      expiredGroups,
      samplesInOther,
      generations: this.#chain.generations,
      generationDifferences: this.#chain.differences,
      tsharkMemoryBytes: this.#chain.memoryBytes(),
      restarts: this.#restarts.counts(),
      gaps,
      gapSeconds,
      pushes: this.#pushes(),
      remoteWrites: this.#remoteWrites?.(),
      sampledShare: sample === undefined ? 1 : sample.numerator / sample.denominator,
      ring:
        this.#ring === null
          ? null
          : { files: this.#ring.files, bytes: this.#ring.bytes, lostPackets: this.#ring.lostPackets },
    };
  }

  #state(): CaptureState {
    if (this.#stopping.signal.aborted) return 'stopping';
    const states = this.#sources.map((source) => source.status().state);
    if (states.includes('waiting') || this.#tsharkGaps.isOpen) return 'waiting';
    return states.includes('starting') ? 'starting' : 'running';
  }

  /** Until all sources have ended, or the capture is to end. */
  async #capture(): Promise<void> {
    const { durationSeconds } = this.#options.plan.live;
    let waiting = this.#sources.length;
    const onBegun = () => {
      waiting -= 1;
      if (waiting > 0) return;
      this.#begun = true;
      this.#intervalStart = Date.now() / 1000;
      this.#options.onBegun();
      this.#say('info', 'capture_began', `Capturing on ${this.#names()}.`, { sources: this.#names() });
      if (durationSeconds !== undefined) void this.#stopAfter(durationSeconds);
    };
    const ended = Promise.all(this.#sources.map((source) => this.#runSource(source, onBegun)));
    const stopped = new Promise<void>((resolve) => {
      const { signal } = this.#stopping;
      if (signal.aborted) resolve();
      else
        signal.addEventListener(
          'abort',
          () => {
            resolve();
          },
          { once: true },
        );
    });
    await Promise.race([ended, stopped]);
    this.#stopping.abort();
    await Promise.all(this.#sources.map((source) => source.stop()));
    await ended;
  }

  async #runSource(source: Source, onBegun: () => void): Promise<void> {
    try {
      await source.run(onBegun);
    } catch (error) {
      // Before the capture has begun there is nothing to keep.
      if (!(error instanceof RttsharkError) || !this.#begun) throw error;
      this.#problem ??= error;
    }
  }

  async #stopAfter(seconds: number): Promise<void> {
    const { signal } = this.#stopping;
    // Node's timers hold 24 days.
    for (let leftMs = seconds * 1000; leftMs > 0 && !signal.aborted; leftMs -= longestTimerMs) {
      await sleep(Math.min(leftMs, longestTimerMs), undefined, { signal, ref: false }).catch(() => undefined);
    }
    this.stop();
  }

  /** The packets that are there by now are dissected to the last. */
  async #finish(): Promise<void> {
    const late = setTimeout(() => {
      this.#say('warn', 'finish_late', 'tshark did not come to its end in time: its last rows are left out.');
      void this.#chain.stop();
    }, longestFinishMs);
    await this.#chain.finish();
    clearTimeout(late);
  }

  #timers(): NodeJS.Timeout[] {
    const { intervalSeconds } = this.#options.plan.live;
    return [
      setInterval(() => {
        this.#report();
      }, intervalSeconds * 1000),
      setInterval(() => void this.#readDrops(), 1000),
    ];
  }

  #report(): void {
    const { interval, total } = this.#collector.report(performance.now());
    const [start, end] = [this.#intervalStart, Date.now() / 1000];
    this.#intervalStart = end;
    this.#options.onReport({ start, end, interval, total });
    this.#warnings.of(this.status()).forEach(this.#options.onEvent);
  }

  #feed(batch: PacketBatch): void {
    this.#ring?.write(batch);
    this.#chain.feed(batch);
    if (this.#chain.packets >= (this.#options.plan.live.packetCount ?? Infinity)) this.stop();
    if (this.#isPaused || this.#chain.backlogBytes < mostBacklogBytes) return;
    this.#isPaused = true;
    for (const source of this.#sources) source.pause();
  }

  #resumeIfDrained(): void {
    if (!this.#isPaused || this.#chain.backlogBytes > mostBacklogBytes / 4) return;
    this.#isPaused = false;
    for (const source of this.#sources) source.resume();
  }

  #take(rows: AnyTable): void {
    this.#lag.add(rows, Date.now());
    this.#collector.add(rows, performance.now());
  }

  #chainEvent(event: ChainEvent): void {
    this.#tsharkGaps.add(event);
    if (event.kind === 'tshark_restarted') this.#resumeIfDrained();
    this.#options.onEvent(chainEventText(event));
  }

  async #readDrops(): Promise<void> {
    await Promise.all(this.#sources.map((source) => source.readDrops()));
  }

  #names(): string {
    return this.#sources.map((source) => source.status().name).join(', ');
  }

  #say(level: LiveEvent['level'], event: string, message: string, fields?: LiveEvent['fields']): void {
    this.#options.onEvent({ level, event, message, fields });
  }
}

/** Packets that may wait for tshark; beyond, the kernel has to hold them. */
const mostBacklogBytes = 8 * 1024 * 1024;
/** More than can wait, so that whatever a dead tshark owed is there. */
const replayBytes = 24 * 1024 * 1024;
const hungAfterMs = 60_000;
const longestFinishMs = 60_000;
const longestTimerMs = 2 ** 31 - 1;
