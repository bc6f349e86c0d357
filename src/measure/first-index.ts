/** The index of the first value for which `isPast` holds, found by halving: it must hold for all behind it too. */
export function firstIndex(values: ArrayLike<number>, isPast: (value: number) => boolean): number {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isPast(values[middle] ?? Infinity)) high = middle;
    else low = middle + 1;
  }
  return low;
}
