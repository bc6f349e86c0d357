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
 * @param sortedValues - in ascending order
 * @returns undefined where no value is above zero
 */
export function logScale(sortedValues: Float64Array): LogScale | undefined {
  const smallest = sortedValues[countBelow(sortedValues, Number.MIN_VALUE)];
  const largest = sortedValues.at(-1);
  if (smallest === undefined || largest === undefined) return undefined;
  const low = steps(smallest).findLast((step) => step <= smallest) ?? smallest;
  const high = steps(largest).find((step) => step >= largest && step > low) ?? largest * 2;
  return { low, high };
}

/**
 * How values are spread over a scale, as a line of bars. The highest bar of each line is its fullest cell; a cell
 * without values is blank, and one with any has at least the lowest bar.
 *
 * @param sortedValues - in ascending order; what is off the scale counts at its ends
 * @param cells - how many characters wide
 */
export function sparkline(sortedValues: Float64Array, { low, high }: LogScale, cells: number): string {
  const counts = countPerCell(sortedValues, low, high, cells);
  const most = Math.max(...counts);
  return counts
    .map((count) => (count === 0 ? ' ' : sparkBars.charAt(Math.ceil((count / most) * sparkBars.length) - 1)))
    .join('');
}

/** Values below each inner edge are counted by halving, so that millions of them cost no more than a few. */
function countPerCell(sortedValues: Float64Array, low: number, high: number, cells: number): number[] {
  const inner = Array.from({ length: cells - 1 }, (_, at) =>
    countBelow(sortedValues, low * (high / low) ** ((at + 1) / cells)),
  );
  const edges = [0, ...inner, sortedValues.length];
  return edges.slice(1).map((end, at) => end - (edges[at] ?? 0));
}

function countBelow(sortedValues: Float64Array, limit: number): number {
  let [from, to] = [0, sortedValues.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((sortedValues[middle] ?? Infinity) < limit) from = middle + 1;
    else to = middle;
  }
  return from;
}

function steps(near: number): number[] {
  const exponent = Math.floor(Math.log10(near));
  return [exponent - 1, exponent, exponent + 1].flatMap((power) =>
    [1, 2, 5].map((digit) => Number(`${digit}e${power}`)),
  );
}
