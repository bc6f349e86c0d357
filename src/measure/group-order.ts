import type { Group } from './statistics.ts';

/** Largest count first, then by the values of the labels, in the order of the labels. */
export function byCountThenLabels(a: Group, b: Group): number {
  return b.statistics.count - a.statistics.count || byLabels(a, b);
}

/** By the values of the labels, in the order of the labels and of code units. */
export function byLabels(a: Pick<Group, 'labels'>, b: Pick<Group, 'labels'>): number {
  for (const [name, value] of Object.entries(a.labels)) {
    const other = b.labels[name] ?? '';
    if (value !== other) return value < other ? -1 : 1;
  }
  return 0;
}
