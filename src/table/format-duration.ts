const units: readonly (readonly [size: number, name: string])[] = [
  [1_000_000_000, 's'],
  [1_000_000, 'ms'],
  [1000, 'µs'],
  [1, 'ns'],
];
const significantDigits = 6;

/** A duration as people read it, in the largest unit up to seconds that it has one of: `51 µs`, `-1.5 ms`, `90 s`, `0 s`. */
export function formatDuration(nanoseconds: bigint): string {
  const count = Number(nanoseconds);
  const unit = units.find(([size]) => Math.abs(count) >= size) ?? units[0];
  if (unit === undefined) return `${count} ns`;
  const [size, name] = unit;
  return `${Number((count / size).toPrecision(significantDigits))} ${name}`;
}
