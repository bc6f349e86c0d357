import type { Exemplar, LabelSet, MetricFamily } from './metric-family.ts';
import { SeriesLives, type Life } from './series-lives.ts';
import type { WrittenPoint } from './write-request.ts';
import { WriteRequestBatch, type WriteRequest } from './write-request-batch.ts';
import { writtenSamples, type WrittenSample, type WrittenSeries } from './written-sample.ts';

export interface RemoteWriterOptions {
  /** Added to every series, `job` and `instance` for example; win over labels of the same name. None by default. */
  readonly labels?: LabelSet | undefined;
  /** When counting began, in milliseconds since the epoch: before the first write. */
  readonly startMs: number;
  /** Of one request; 2000 by default. */
  readonly maxSamples?: number | undefined;
}

const defaultMaxSamples = 2000;

/**
 * Makes the requests of remote writes that follow each other. It remembers which series there were:
 *
 * - one that counts, and was not there before, is written with a zero right behind the write before it (at first, at
 *   the time when counting began), so that `rate` and `increase` see what it had counted by its first write;
 * - one that is not there any more is marked as ended;
 * - an exemplar is written once.
 */
export class RemoteWriter {
  readonly #lives: SeriesLives;
  readonly #batch: WriteRequestBatch;
  /** Of zeros: later than everything that was written. */
  #zeroMs: number;

  constructor({ labels = {}, startMs, maxSamples = defaultMaxSamples }: RemoteWriterOptions) {
    this.#lives = new SeriesLives(labels);
    this.#batch = new WriteRequestBatch(maxSamples);
    this.#zeroMs = startMs;
  }

  /**
   * The requests with everything at one moment.
   *
   * @param nowMs - milliseconds since the epoch; where the clock was set back, the time after the last write is taken
   */
  *write(families: Iterable<MetricFamily>, nowMs: number): Generator<WriteRequest> {
    const zeroMs = this.#zeroMs;
    const atMs = Math.max(nowMs, zeroMs + 1);
    for (const family of families) {
      let described = false;
      for (const sample of writtenSamples(family)) {
        if (!described) this.#batch.addMetadata(family);
        described = true;
        yield* this.#addSample(sample, this.#lives.see(family.name, sample), { zeroMs, atMs });
      }
    }
    yield* this.#addEnded(atMs);
    this.#zeroMs = atMs + 1;
  }

  /** The requests that mark every series as ended, right after the last write. */
  *end(): Generator<WriteRequest> {
    // A round in which nothing was seen.
    yield* this.#addEnded(this.#zeroMs);
    this.#zeroMs += 1;
  }

  *#addSample(
    sample: WrittenSample,
    { begins, life }: { begins: boolean; life: Life },
    { zeroMs, atMs }: { zeroMs: number; atMs: number },
  ): Generator<WriteRequest> {
    const zeros = begins ? [...life.atZero.series()] : [];
    const writtenMs = life.exemplarMs;
    const isFresh = (exemplar: Exemplar) => exemplar.atMs > writtenMs;
    let at = 0;
    for (const series of sample.series()) {
      const zero = zeros[at++];
      const point = { value: series.value, atMs };
      const points = zero?.grows === true ? [{ value: zero.value, atMs: zeroMs }, point] : [point];
      const exemplars = series.exemplars?.filter(isFresh) ?? [];
      for (const exemplar of exemplars) life.exemplarMs = Math.max(life.exemplarMs, exemplar.atMs);
      const full = this.#batch.add(series, life.labels, points, exemplars);
      if (full !== undefined) yield full;
    }
  }

  *#addEnded(atMs: number): Generator<WriteRequest> {
    for (const { atZero, labels } of this.#lives.turn()) {
      for (const series of atZero.series()) {
        const full = this.#batch.add(series, labels, [endOf(series, atMs)]);
        if (full !== undefined) yield full;
      }
    }
    const rest = this.#batch.take();
    if (rest !== undefined) yield rest;
  }
}

function endOf({ value }: WrittenSeries, atMs: number): WrittenPoint {
  return { value: typeof value === 'number' ? 'stale' : 'stale histogram', atMs };
}
