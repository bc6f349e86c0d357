import type { Exemplar, MetricFamily } from './metric-family.ts';
import { ProtobufWriter } from './protobuf-writer.ts';
import { writeMetadata, writeSeries, type SortedLabels, type WrittenPoint } from './write-request.ts';
import type { WrittenSeries } from './written-sample.ts';

/** One message of a remote write, `prometheus.WriteRequest`, not yet compressed. */
export interface WriteRequest {
  readonly bytes: Uint8Array;
  readonly series: number;
  /** Numbers, histograms and marks of series that ended. */
  readonly samples: number;
}

/** Gathers series until they make a request. */
export class WriteRequestBatch {
  readonly #writer = new ProtobufWriter(64 * 1024);
  readonly #maxSamples: number;
  #series = 0;
  #samples = 0;

  constructor(maxSamples: number) {
    this.#maxSamples = maxSamples;
  }

  addMetadata(family: MetricFamily): void {
    writeMetadata(this.#writer, family);
  }

  /** Adds a series, as `writeSeries` takes it; gives the request that was full before. */
  add(
    series: WrittenSeries,
    labels: SortedLabels,
    points: readonly WrittenPoint[],
    exemplars: readonly Exemplar[] = [],
  ): WriteRequest | undefined {
    const full = this.#samples + points.length > this.#maxSamples ? this.take() : undefined;
    writeSeries(this.#writer, series, labels, points, exemplars);
    this.#series += 1;
    this.#samples += points.length;
    return full;
  }

  /** What was gathered since the last request; none where that is nothing. */
  take(): WriteRequest | undefined {
    if (this.#writer.length === 0) return undefined;
    const request = { bytes: this.#writer.take(), series: this.#series, samples: this.#samples };
    this.#series = 0;
    this.#samples = 0;
    return request;
  }
}
