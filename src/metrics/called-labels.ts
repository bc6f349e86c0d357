import type { LabelSet } from './metric-family.ts';

/** Labels under the names that a histogram's layout gives them, in its order. */
export function calledLabels(labels: LabelSet, names: ReadonlyMap<string, string>): LabelSet {
  const called: Record<string, string> = {};
  for (const [label, name] of names) called[name] = labels[label] ?? '';
  return called;
}
