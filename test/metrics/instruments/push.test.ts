import { expect } from 'chai';
import { Registry as PromRegistry } from 'prom-client';
import { exposition, type ExpositionFormatName } from '../../../src/metrics/exposition.ts';
import { Counter } from '../../../src/metrics/instruments/counter.ts';
import { Enum } from '../../../src/metrics/instruments/enum.ts';
import { Gauge } from '../../../src/metrics/instruments/gauge.ts';
import { Histogram } from '../../../src/metrics/instruments/histogram.ts';
import { Info } from '../../../src/metrics/instruments/info.ts';
import { Registry } from '../../../src/metrics/instruments/registry.ts';
import { Summary } from '../../../src/metrics/instruments/summary.ts';
import { pushToGateway } from '../../../src/sinks/push.ts';
import { startPushgateway, type Pushgateway } from '../../support/pushgateway.ts';

const host = 'a "b" \\ |,é\n';

function filled<Filled extends PromRegistry | Registry>(registry: Filled): Filled {
  const registers = [registry];
  new Counter({ name: 'jobs', help: 'Jobs.', labelNames: ['host'], registers }).inc({ host }, 3, {
    trace: 'x',
  });
  const gauge = new Gauge({ name: 'level', help: 'Levels.', labelNames: ['odd'], registers });
  for (const odd of [NaN, Infinity, -Infinity, 1e-300]) gauge.set({ odd }, odd);
  const histogram = new Histogram({
    name: 'took',
    help: 'Took.',
    unit: 'seconds',
    buckets: [1, 2.5],
    registers,
  });
  for (const seconds of [0.5, 1, 2, 30]) histogram.observe(seconds, { trace: 'y' });
  const summary = new Summary({ name: 'size', help: 'Sizes.', percentiles: [0.5, 1], registers });
  for (const size of [1, 2, 9]) summary.observe(size);
  new Info({ name: 'build', help: 'Build.', registers }).set({ version: '1.0', host });
  const states = ['idle', 'busy'] as const;
  new Enum({ name: 'state', help: 'State.', states, labelNames: ['host'], registers }).set({ host }, 'busy');
  return registry;
}

const written = host.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('"', '\\"');

/** What a Pushgateway is to serve; it knows no info and no state set. */
const expected = [
  '# HELP build_info Build.',
  '# TYPE build_info gauge',
  `build_info{host="${written}",instance="",job="j",version="1.0"} 1`,
  '# HELP jobs_total Jobs.',
  '# TYPE jobs_total counter',
  `jobs_total{host="${written}",instance="",job="j"} 3`,
  '# HELP level Levels.',
  '# TYPE level gauge',
  'level{instance="",job="j",odd="-Infinity"} -Inf',
  'level{instance="",job="j",odd="1e-300"} 1e-300',
  'level{instance="",job="j",odd="Infinity"} +Inf',
  'level{instance="",job="j",odd="NaN"} NaN',
  '# HELP size Sizes.',
  '# TYPE size summary',
  'size{instance="",job="j",quantile="0.5"} 2',
  'size{instance="",job="j",quantile="1"} 9',
  'size_sum{instance="",job="j"} 12',
  'size_count{instance="",job="j"} 3',
  '# HELP state State.',
  '# TYPE state gauge',
  `state{host="${written}",instance="",job="j",state="busy"} 1`,
  `state{host="${written}",instance="",job="j",state="idle"} 0`,
  '# HELP took_seconds Took.',
  '# TYPE took_seconds histogram',
  'took_seconds_bucket{instance="",job="j",le="1"} 2',
  'took_seconds_bucket{instance="",job="j",le="2.5"} 3',
  'took_seconds_bucket{instance="",job="j",le="+Inf"} 4',
  'took_seconds_sum{instance="",job="j"} 33.5',
  'took_seconds_count{instance="",job="j"} 4',
];

describe('metrics of a program, pushed', () => {
  let gateway: Pushgateway;
  before(async () => (gateway = await startPushgateway()));
  after(() => gateway.stop());

  const held = async (): Promise<string[]> => {
    const names = /^(# (HELP|TYPE) )?(build|jobs|level|size|state|took)_?/;
    return (await gateway.metrics()).split('\n').filter((line) => names.test(line));
  };

  const registries = {
    rttshark: () => filled(new Registry()),
    'prom-client': () => filled(new PromRegistry()),
  };
  for (const [whose, make] of Object.entries(registries)) {
    it(`arrive from a registry of ${whose}`, async () => {
      await pushToGateway(gateway.url, { job: 'j', metrics: make() });
      expect(await held()).to.deep.equal(expected);
    });

    // A Pushgateway takes no OpenMetrics.
    for (const format of ['text', 'protobuf'] satisfies ExpositionFormatName[]) {
      it(`arrive from a registry of ${whose}, as ${format}`, async () => {
        await pushToGateway(gateway.url, { job: 'j', metrics: exposition(make(), format) });
        expect(await held()).to.deep.equal(expected);
      });
    }
  }
});
