import type { LabelSet, MetricFamily } from './metric-family.ts';
import { RemoteWriter } from './remote-writer.ts';
import type { WriteRequest } from './write-request-batch.ts';

export interface WriteRequestsOptions {
  /** Added to every series, `job` and `instance` for example; win over labels of the same name. None by default. */
  readonly labels?: LabelSet | undefined;
  /** The time of all values, in milliseconds since the epoch; that of the call by default. */
  readonly atMs?: number | undefined;
  /** When counting began: counters and histograms are zero there. A millisecond before `atMs` by default. */
  readonly startMs?: number | undefined;
  /** Of one request; 2000 by default. */
  readonly maxSamples?: number | undefined;
}

/** Metrics as the requests of one remote write. */
export function writeRequests(
  families: Iterable<MetricFamily>,
  { labels, atMs = Date.now(), startMs = atMs - 1, maxSamples }: WriteRequestsOptions = {},
): Generator<WriteRequest> {
  return new RemoteWriter({ labels, startMs, maxSamples }).write(families, atMs);
}
