import type { CountedGroup, CounterResult } from '../measure/counter-collector.ts';
import type { Group, MeasurementResult, Statistics } from '../measure/statistics.ts';

/** The groups of a result by their labels, to be found again in another result with the same label names. */
export function groupsByLabels({
  labelNames,
  groups,
}: MeasurementResult): (labels: Group['labels']) => Group | undefined {
  const keyOf = (labels: Group['labels']) => JSON.stringify(labelNames.map((name) => labels[name] ?? ''));
  const byKey = new Map(groups.map((group) => [keyOf(group.labels), group]));
  return (labels) => byKey.get(keyOf(labels));
}

/** The statistics of a result by labels; without label names, those of the total. */
export function statisticsByLabels(
  result: MeasurementResult,
): (labels: Group['labels']) => Statistics | undefined {
  if (result.labelNames.length === 0) return () => result.total;
  const groupOf = groupsByLabels(result);
  return (labels) => groupOf(labels)?.statistics;
}

/** The counts of a counter by labels; without label names, that of the total. Undefined where nothing was counted. */
export function countsByLabels({
  labelNames,
  groups,
  total,
}: CounterResult): (labels: CountedGroup['labels']) => number | undefined {
  if (labelNames.length === 0) return () => total;
  const keyOf = (labels: CountedGroup['labels']) =>
    JSON.stringify(labelNames.map((name) => labels[name] ?? ''));
  const byKey = new Map(groups.map(({ labels, count }) => [keyOf(labels), count]));
  return (labels) => byKey.get(keyOf(labels));
}
