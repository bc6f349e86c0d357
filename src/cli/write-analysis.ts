import { setImmediate } from 'node:timers/promises';
import type { Analysis } from '../analysis/analysis.ts';
import type { RegistryOptions } from '../metrics/analysis-registry.ts';
import { writeRequests } from '../metrics/write-requests.ts';
import type { WriteRequest } from '../metrics/write-request-batch.ts';
import { remoteWrite } from '../sinks/remote-write.ts';
import { analysisMetrics } from './analysis-metrics.ts';
import type { CommandContext } from './command-context.ts';
import type { RemoteStore } from './remote-write.ts';

export interface WriteWork {
  readonly store: RemoteStore;
  readonly time: 'now' | 'capture';
  readonly metrics: RegistryOptions;
}

/** Writes the metrics of an analysis to a store, and gives what is to be said of it. */
export async function writeAnalysis(
  analysis: Analysis,
  { store, time, metrics }: WriteWork,
  { interruption }: CommandContext,
): Promise<string> {
  const times = time === 'now' ? {} : captureTimes(analysis);
  const requests = writeRequests(analysisMetrics(analysis, metrics), { labels: store.labels, ...times });
  let series = 0;
  const counted = async function* (): AsyncGenerator<WriteRequest> {
    for (const request of requests) {
      series += request.series;
      yield request;
      // Other sinks are at work beside this one.
      await setImmediate();
    }
  };
  await remoteWrite(store.address, { ...store.options, requests: counted(), signal: interruption.signal });
  return `Wrote ${series} series to "${store.shown}".`;
}

/** From the first sample to the last; nothing where there is none. */
function captureTimes({ measurements }: Analysis): { atMs?: number; startMs?: number } {
  const first = measurements.flatMap(({ total }) => total.first_seen ?? []);
  const last = measurements.flatMap(({ total }) => total.last_seen ?? []);
  if (first.length === 0 || last.length === 0) return {};
  // Zero must stand before the first sample was counted.
  return {
    atMs: Math.ceil(Math.max(...last) * 1000),
    startMs: Math.floor(Math.min(...first) * 1000) - 1,
  };
}
