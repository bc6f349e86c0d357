import type { Column } from './column.ts';
import { sampleVariance } from './sample-variance.ts';

/** Times and durations, in nanoseconds, of which statistics are exact where doubles would round them. */
type Spans = Column<'time' | 'duration'>['values'];

export function isSpans(column: Column): column is Column<'time' | 'duration'> {
  return column.type === 'time' || column.type === 'duration';
}

/** The mean, to the nearest nanosecond; null where there are none. */
export function meanSpan(spans: Spans): bigint | null {
  let sum = 0n;
  for (const span of spans) sum += span;
  return spans.length === 0 ? null : divided(sum, spans.length);
}

/** To the nearest whole number, halves to the larger one. */
export function divided(sum: bigint, count: number): bigint {
  const [twice, half] = [BigInt(count) * 2n, sum * 2n + BigInt(count)];
  const quotient = half / twice;
  return half < 0n && quotient * twice !== half ? quotient - 1n : quotient;
}

/** The sample standard deviation, to the nearest nanosecond that doubles tell; null below two values. */
export function spreadOfSpans(spans: Spans): bigint | null {
  const squared = sampleVariance(spans);
  return squared === null ? null : BigInt(Math.round(Math.sqrt(squared)));
}

/** As `quantileOfSorted`, to the nearest nanosecond. */
export function quantileOfSpans(sorted: Spans, q: number): bigint | null {
  const position = (sorted.length - 1) * q;
  const below = sorted[Math.floor(position)];
  const above = sorted[Math.ceil(position)];
  if (below === undefined || above === undefined) return null;
  return below + BigInt(Math.round(Number(above - below) * (position - Math.floor(position))));
}
