import { expect } from 'chai';
import { AggregatorRegistry } from 'prom-client';
import { exposition } from '../../../src/metrics/exposition.ts';
import { Counter } from '../../../src/metrics/instruments/counter.ts';
import { Enum } from '../../../src/metrics/instruments/enum.ts';
import { Histogram } from '../../../src/metrics/instruments/histogram.ts';
import { Info } from '../../../src/metrics/instruments/info.ts';
import { Registry } from '../../../src/metrics/instruments/registry.ts';

describe('metrics of the workers of a cluster', () => {
  it('are put together by prom-client', async () => {
    const workers = [1, 2].map((worker) => {
      const registry = new Registry();
      const registers = [registry];
      new Counter({ name: 'jobs', help: 'J.', labelNames: ['a'], registers }).inc({ a: 'x' }, worker);
      new Histogram({ name: 'h', help: 'H.', buckets: [1], registers }).observe(worker);
      new Info({ name: 'build', help: 'B.', registers }).set({ version: '1' });
      new Enum({ name: 's', help: 'S.', states: ['a', 'b'], registers, aggregator: 'max' });
      return registry;
    });
    const answers = await Promise.all(workers.map((registry) => registry.getMetricsAsJSON()));
    const together = AggregatorRegistry.aggregate(answers);
    const text = Buffer.from(await exposition(together, 'text').metrics()).toString('utf8');
    expect(text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))).to.deep.equal([
      'jobs_total{a="x"} 3',
      'h_bucket{le="1"} 1',
      'h_bucket{le="+Inf"} 2',
      'h_sum 3',
      'h_count 2',
      'build_info{version="1"} 1',
      's{s="a"} 1',
      's{s="b"} 0',
    ]);
  });
});
