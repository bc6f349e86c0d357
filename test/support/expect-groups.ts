import { expect } from 'chai';
import type { PlainFigures } from './plain-tshark.ts';

/** A group as the analysis and its JSON have it. */
export interface MeasuredGroup {
  readonly labels: Readonly<Record<string, string>>;
  readonly figures: { readonly [F in keyof PlainFigures]: number | null };
}

/** Expects the same groups with the same count, minimum and maximum to the last digit, and sums to 1e-12. */
export function expectGroups(
  actual: readonly MeasuredGroup[],
  expected: ReadonlyMap<string, PlainFigures>,
): void {
  const groups = new Map(actual.map(({ labels, figures }) => [Object.values(labels).join(' '), figures]));
  expect([...groups.keys()].sort()).to.deep.equal([...expected.keys()].sort());
  for (const [key, { count, sum, min, max }] of expected) {
    const figures = groups.get(key);
    expect(figures, key).to.include({ count, min, max });
    expect(figures?.sum, `sum of ${key}`).to.satisfy((value: number) => isClose(value, sum));
  }
}

/** Whether two figures are the same but for rounding. */
export function isClose(actual: number | null | undefined, expected: number): boolean {
  return typeof actual === 'number' && Math.abs(actual - expected) <= 1e-12 * Math.abs(expected);
}
