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
