import { labelSources, type LabelName } from '../../src/measure/labels.ts';
import { LiveCollector, type LiveCollectorOptions } from '../../src/measure/live-collector.ts';
import { tcpAckRtt } from '../../src/measure/measurement.ts';
import { SampleCollector } from '../../src/measure/sample-collector.ts';
import type { MeasurementResult } from '../../src/measure/statistics.ts';
import type { AnyTable } from '../../src/table/table.ts';

export const pairs: readonly LabelName[] = ['src', 'dst'];
export const bounds: readonly number[] = [0.001, 0.01, 0.1, 1];
const common = { measurement: tcpAckRtt, occurrenceSeparator: '\u001f' };

type LiveOptions = Partial<Omit<LiveCollectorOptions, 'labels'>> & { readonly by?: readonly LabelName[] };

/** A live collector with room for all groups and samples, where nothing else is said. */
export function live({ by = pairs, ...others }: LiveOptions = {}): LiveCollector {
  return new LiveCollector({
    ...common,
    labels: labelSources(by, false),
    bucketBounds: bounds,
    maxGroups: 1000,
    expireMs: Infinity,
    exactSamples: 1_000_000,
    ...others,
  });
}

/** What collecting all tables at once gives. */
export function collected(tables: readonly AnyTable[], by = pairs): MeasurementResult {
  const collector = new SampleCollector({ ...common, labels: labelSources(by, false) });
  for (const table of tables) collector.add(table);
  return collector.result();
}
