import { SortedValues } from '../../src/measure/sorted-values.ts';
import type { Group, MeasurementResult } from '../../src/measure/statistics.ts';
import { summarize } from '../../src/measure/summarize.ts';

/** A measurement with the given samples, group by group. */
export function measured(
  labelNames: readonly string[],
  groups: readonly [labels: string[], values: number[]][],
): MeasurementResult {
  const all = groups.flatMap(([, values]) => values);
  return {
    name: 'tcp_ack_rtt',
    field: 'tcp.analysis.ack_rtt',
    unit: 'seconds',
    quantileMethod: 'exact',
    quantileRelativeError: null,
    labelNames,
    groups: groups.map(([labels, values]) => groupOf(labelNames, labels, values)),
    total: summarize(Float64Array.from(all).sort(), 0n, 1n),
    distribution: new SortedValues(Float64Array.from(all).sort()),
  };
}

function groupOf(names: readonly string[], labels: readonly string[], values: readonly number[]): Group {
  const sortedValues = Float64Array.from(values).sort();
  return {
    labels: Object.fromEntries(names.map((name, i) => [name, labels[i] ?? ''])),
    statistics: summarize(sortedValues, 0n, 1n),
    distribution: new SortedValues(sortedValues),
    runningSum: values.reduce((sum, value) => sum + value, 0),
  };
}
