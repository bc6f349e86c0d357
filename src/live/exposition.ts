import { encodeInSlices } from '../metrics/encode-in-slices.ts';
import { expositionFormats } from '../metrics/exposition-formats.ts';
import { liveFamilies } from '../metrics/live-families.ts';
import type { MetricFamily } from '../metrics/metric-family.ts';
import { residentBytes } from '../tshark/resident-bytes.ts';
import type { LivePlan } from './live-plan.ts';
import type { LiveRun } from './live-run.ts';

export interface ExpositionOptions {
  readonly plan: Pick<LivePlan, 'live' | 'layouts'>;
  /** Whether to add what rttshark says of itself. */
  readonly ownMetrics: boolean;
}

/** The metrics of a live capture, of the moment when each of them is asked for. */
export function currentFamilies(
  run: LiveRun,
  { plan, ownMetrics }: ExpositionOptions,
): Iterable<MetricFamily> {
  const { live, layouts } = plan;
  return liveFamilies(
    run.status(),
    {
      histograms: layouts.map((layout, at) => ({ layout, groups: () => run.histograms(at) })),
      counters: { results: () => run.counted(), labelNames: live.histogram.labelNames },
    },
    { residentMemoryBytes: residentBytes('self') ?? process.memoryUsage.rss() },
    { ownMetrics },
  );
}

/** The metrics of a live capture at this moment, made in slices, between which packets are read. */
export async function liveExposition(
  run: LiveRun,
  format: keyof typeof expositionFormats,
  options: ExpositionOptions,
): Promise<{ contentType: string; body: Buffer }> {
  const { contentType, encode } = expositionFormats[format];
  return { contentType, body: await encodeInSlices(encode(currentFamilies(run, options))) };
}
