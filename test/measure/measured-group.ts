import type { Measured } from '../../src/measure/budget.ts';
import type { Statistics } from '../../src/measure/statistics.ts';

const none: Statistics = {
  count: 0,
  sum: 0,
  mean: null,
  stddev: null,
  min: null,
  max: null,
  p50: null,
  p90: null,
  p95: null,
  p99: null,
  first_seen: null,
  last_seen: null,
};

/** A measurement whose groups have the figures that a test is about, and no others. */
export function measured(
  ...groups: { labels: Readonly<Record<string, string>>; values: Partial<Statistics> }[]
): Measured {
  return {
    name: 'tcp_ack_rtt',
    groups: groups.map(({ labels, values }) => ({ labels, statistics: { ...none, ...values } })),
  };
}
