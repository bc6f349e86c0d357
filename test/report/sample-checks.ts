import { compareWithBaseline, type Check } from '../../src/measure/baseline.ts';
import { evaluateBudgets, parseBudget } from '../../src/measure/budget.ts';
import { parseLabelMatch } from '../../src/measure/label-match.ts';
import { measured } from '../measure/measured-group.ts';

const near = { labels: { src: '10.0.0.2' }, values: { count: 1200, p95: 0.0018 } };
const far = { labels: { src: '10.0.0.30' }, values: { count: 9, p95: 0.0721 } };
const single = { labels: { src: '10.0.0.4' }, values: { count: 1, p95: 0.05, stddev: null } };

export const budgetChecks = [
  ...evaluateBudgets(
    measured(near, far),
    [parseBudget('max', 'p95=50ms'), parseBudget('min', 'count=1000')],
    [],
  ),
  ...evaluateBudgets(measured(single), [parseBudget('max', 'stddev=1ms')], []),
  ...evaluateBudgets(
    measured(near),
    [parseBudget('max', 'p95=250us')],
    [parseLabelMatch('src=172.16.0.0/12')],
  ),
];
const before = { labels: near.labels, values: { count: 10, p95: 0.0015 } };
const gone = { labels: { src: '10.0.0.5' }, values: { count: 10, p95: 0.0015 } };
export const baselineChecks = [
  ...compareWithBaseline(measured(near, far), measured(before, gone), { statistics: ['p95'] }),
  ...compareWithBaseline(measured(near), measured(before), { statistics: ['p95'], tolerance: 0.255 }),
  ...compareWithBaseline(measured(), measured()),
];

export const budgetCheck = (actual: number | null, limit: number, labels: Check['labels'] = {}): Check => ({
  kind: 'budget',
  measurement: 'tcp_ack_rtt',
  labels,
  statistic: 'p95',
  comparison: '<=',
  limit,
  actual,
  passed: actual !== null && actual <= limit,
  note: null,
});
