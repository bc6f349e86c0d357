import type { Distribution } from '../measure/distribution.ts';

/** From the lowest bar to the highest. */
export const sparkBars = '▁▂▃▄▅▆▇█';

/** The ends of a logarithmic axis, both above zero. */
export interface LogScale {
  readonly low: number;
  readonly high: number;
}

/**
 * The axis on which all values find a place: its ends are the next of 1, 2, 5, 10, … outside.
 *
 * @returns undefined where no value is above zero
 */
export function logScale(distribution: Distribution): LogScale | undefined {
  const { min, max } = distribution;
  if (min === null || max === null || max <= 0) return undefined;
  const low = min > 0 ? stepBelow(min) : lowestStep(distribution, max);
  const high = steps(max).find((step) => step >= max && step > low) ?? max * 2;
  return { low, high };
}

/**
 * Shows how values are spread over a scale, as a line of bars. The highest bar of each line is its fullest cell; a cell
 * without values is blank, and one with any has at least the lowest bar. What is off the scale counts at its ends.
 *
 * @param cells - how many characters wide
 */
export function sparklines({ low, high }: LogScale, cells: number): (distribution: Distribution) => string {
  const inner = Array.from({ length: cells - 1 }, (_, at) => low * (high / low) ** ((at + 1) / cells));
  return (distribution) => {
    const counts = countPerCell(distribution, inner);
    const most = Math.max(...counts);
    let bars = '';
    for (const count of counts)
      bars += count === 0 ? ' ' : sparkBars.charAt(Math.ceil((count / most) * sparkBars.length) - 1);
    return bars;
  };
}

/** @param inner - the bounds between cells, ascending */
function countPerCell(distribution: Distribution, inner: readonly number[]): number[] {
  let below = 0;
  const counts = inner.map((bound) => {
    const before = below;
    below = distribution.countBelow(bound);
    return below - before;
  });
  counts.push(distribution.count - below);
  return counts;
}

function stepBelow(value: number): number {
  return steps(value).findLast((step) => step <= value) ?? value;
}

/** The largest step with no value between zero and it: downwards, because a distribution cannot be asked for it. */
function lowestStep(distribution: Distribution, max: number): number {
  const notPositive = distribution.countAtMost(0);
  let low = stepBelow(max);
  while (distribution.countBelow(low) > notPositive) {
    const next = stepBelow(low * 0.6);
    if (next === 0) return low;
    low = next;
  }
  return low;
}

function steps(near: number): number[] {
  const exponent = Math.floor(Math.log10(near));
  return [exponent - 1, exponent, exponent + 1].flatMap((power) =>
    [1, 2, 5].map((digit) => Number(`${digit}e${power}`)),
  );
}
