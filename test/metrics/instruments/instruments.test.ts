import { expect } from 'chai';
import fc from 'fast-check';
import { Registry as PromRegistry } from 'prom-client';
import { Counter } from '../../../src/metrics/instruments/counter.ts';
import { Enum } from '../../../src/metrics/instruments/enum.ts';
import { Gauge } from '../../../src/metrics/instruments/gauge.ts';
import { Histogram } from '../../../src/metrics/instruments/histogram.ts';
import { Info } from '../../../src/metrics/instruments/info.ts';
import { Registry } from '../../../src/metrics/instruments/registry.ts';
import { Summary } from '../../../src/metrics/instruments/summary.ts';
import { until } from '../../support/deadline.ts';

/** What a registry writes, without the lines that describe. */
async function samples(registry: { metrics(): Promise<string> }): Promise<string[]> {
  return (await registry.metrics()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
}

describe('metrics of a program', () => {
  let register: Registry;
  let registers: Registry[];
  beforeEach(() => {
    register = new Registry();
    registers = [register];
  });

  it('have a series for each label set, however much two look alike', async () => {
    const counter = new Counter({ name: 'c', help: 'C.', labelNames: ['a', 'b'], registers });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(lookalike, lookalike), { minLength: 60, maxLength: 100 }),
        async (sets) => {
          counter.reset();
          for (const [a, b] of sets) counter.inc({ b, a });
          const { values } = await counter.get();
          const counted = new Map<string, number>();
          for (const set of sets) {
            const key = JSON.stringify(set);
            counted.set(key, (counted.get(key) ?? 0) + 1);
          }
          expect(
            values.map(({ labels, value }) => [JSON.stringify([labels['a'], labels['b']]), value]),
          ).to.deep.equal([...counted]);
        },
      ),
    );
  });

  it('count, from 0 and from 1', async () => {
    const counter = new Counter({ name: 'jobs', help: 'J.', labelNames: ['state'], registers });
    counter.labels('idle');
    counter.inc({ state: 'done' });
    counter.labels({ state: 'done' }).inc(2.5);
    new Counter({ name: 'alone_total', help: 'A.', registers }).inc();
    expect(await samples(register)).to.deep.equal([
      'jobs_total{state="idle"} 0',
      'jobs_total{state="done"} 3.5',
      'alone_total 1',
    ]);
  });

  it('go up and down', async () => {
    const gauge = new Gauge({ name: 'level', help: 'L.', unit: 'bytes', registers });
    gauge.set(10);
    gauge.inc();
    gauge.dec(3);
    const at = new Gauge({ name: 'at', help: 'A.', labelNames: ['of'], unit: 'seconds', registers });
    const before = Date.now() / 1000;
    at.setToCurrentTime({ of: 'x' });
    at.labels('y').setToCurrentTime();
    const [level, ...times] = await samples(register);
    expect(level).to.equal('level_bytes 8');
    for (const time of times) expect(Number(time.split(' ')[1])).to.be.within(before, Date.now() / 1000);
    expect(times).to.have.length(2);
  });

  it('have values that are read when they are asked for', async () => {
    let queue = 3;
    const gauge = new Gauge({ name: 'queued', help: 'Q.', labelNames: ['queue'], registers });
    gauge.labels('a').setFunction(() => queue);
    gauge.labels('b').setFunction(() => Promise.resolve(queue * 2));
    new Counter({ name: 'read', help: 'R.', registers }).setFunction(() => 7);
    new Gauge({
      name: 'collected',
      help: 'C.',
      registers,
      async collect() {
        await Promise.resolve();
        this.set(queue);
      },
    });
    queue = 4;
    expect(await samples(register)).to.deep.equal([
      'queued{queue="a"} 4',
      'queued{queue="b"} 8',
      'read_total 7',
      'collected 4',
    ]);
  });

  it('fail to be read where what they ask fails', async () => {
    new Gauge({ name: 'broken', help: 'B.', registers }).setFunction(() => {
      throw new Error('no queue');
    });
    const failure = await register.metrics().catch((error: unknown) => error);
    expect(failure).to.be.an('error').with.property('message', 'no queue');
  });

  it('give quantiles of finite values, and nothing else where none came', async () => {
    const summary = new Summary({ name: 's', help: 'S.', percentiles: [0, 0.5, 1], registers });
    expect(await samples(register)).to.deep.equal([
      's{quantile="0"} NaN',
      's{quantile="0.5"} NaN',
      's{quantile="1"} NaN',
      's_sum 0',
      's_count 0',
    ]);
    for (const value of [5, 1, 3, NaN]) summary.observe(value);
    expect(await samples(register)).to.deep.equal([
      's{quantile="0"} 1',
      's{quantile="0.5"} 3',
      's{quantile="1"} 5',
      's_sum NaN',
      's_count 4',
    ]);
  });

  it('give quantiles within a percent of the ranks', async () => {
    const percentiles = [0.01, 0.5, 0.9, 0.99];
    const summary = new Summary({ name: 's', help: 'S.', percentiles, registers });
    const values = Array.from({ length: 5000 }, (_, i) => ((i * 7919) % 5000) / 1000);
    for (const value of values) summary.observe(value);
    const quantiles = (await samples(register)).slice(0, 4).map((line) => Number(line.split(' ')[1]));
    for (const [i, quantile] of quantiles.entries()) {
      expect(quantile / 5).to.be.closeTo(percentiles[i]!, 0.01);
    }
  });

  it('forget what came before their window, but not that it came', async () => {
    const summary = new Summary({
      name: 's',
      help: 'S.',
      percentiles: [0.5],
      maxAgeSeconds: 0.05,
      ageBuckets: 2,
      registers,
    });
    summary.observe(100);
    await until('the window is empty', async () => {
      return (await samples(register))[0] === 's{quantile="0.5"} NaN' ? true : undefined;
    });
    expect(await samples(register)).to.deep.equal(['s{quantile="0.5"} NaN', 's_sum 100', 's_count 1']);
  });

  it('tell facts and states', async () => {
    const info = new Info({ name: 'build', help: 'B.', registers });
    info.set({ version: '1.2', patch: 3, dirty: false });
    const host = new Info({ name: 'host_info', help: 'H.', labelNames: ['host'], registers });
    host.set({ host: 'a' }, { os: 'Linux' });
    host.labels('b').set({ os: 'BSD' });
    const state = new Enum({ name: 'state', help: 'S.', states: ['idle', 'busy'], registers });
    state.set('busy');
    const link = new Enum({
      name: 'link',
      help: 'L.',
      states: ['up', 'down'],
      labelNames: ['nic'],
      registers,
    });
    link.labels('eth0');
    link.set({ nic: 'eth1' }, 'down');
    expect(await samples(register)).to.deep.equal([
      'build_info{version="1.2",patch="3",dirty="false"} 1',
      'host_info{host="a",os="Linux"} 1',
      'host_info{host="b",os="BSD"} 1',
      'state{state="idle"} 0',
      'state{state="busy"} 1',
      'link{nic="eth0",link="up"} 1',
      'link{nic="eth0",link="down"} 0',
      'link{nic="eth1",link="up"} 0',
      'link{nic="eth1",link="down"} 1',
    ]);
    info.set({ version: '2' });
    expect((await info.get()).values).to.deep.equal([{ labels: { version: '2' }, value: 1 }]);
  });

  it('count in exponential buckets and keep exemplars, where asked', async () => {
    const histogram = new Histogram({
      name: 'h',
      help: 'H.',
      buckets: [1, 2],
      kind: 'both',
      native: { schema: 0 },
      registers,
    });
    histogram.observe(0.75, { trace: 'a' });
    histogram.observe(0.5);
    histogram.observe(3, { trace: 'b' });
    const [family] = await register.families();
    const [sample] = family?.type === 'histogram' ? [...family.samples] : [];
    expect(sample).to.deep.include({ bounds: [1, 2], cumulativeCounts: [2, 2, 3], count: 3, sum: 4.25 });
    expect(sample?.native).to.deep.include({
      schema: 0,
      // 0.5 lies in (0.25, 0.5], 0.75 in (0.5, 1], 3 in (2, 4].
      positive: { spans: [{ offset: -1, length: 4 }], deltas: [1, 0, -1, 1] },
    });
    expect(sample?.exemplars?.map((exemplar) => exemplar?.labels)).to.deep.equal([
      { trace: 'a' },
      undefined,
      { trace: 'b' },
    ]);
  });

  it('initialize label sets, and forget them', async () => {
    const counter = new Counter({ name: 'c', help: 'C.', labelNames: ['method', 'code'], registers });
    counter.initialize({ method: ['get', 'put'], code: [200, 500] });
    counter.inc({ method: 'put', code: 200 });
    counter.remove('get', '500');
    counter.remove({ method: 'get', code: 'never there' });
    expect(await samples(register)).to.deep.equal([
      'c_total{method="get",code="200"} 0',
      'c_total{method="put",code="200"} 1',
      'c_total{method="put",code="500"} 0',
    ]);
    counter.clear();
    const alone = new Counter({ name: 'alone', help: 'A.', registers });
    alone.inc(5);
    register.resetMetrics();
    expect(await samples(register)).to.deep.equal(['alone_total 0']);
  });

  it('are registered in registries of prom-client, also afterwards', async () => {
    const theirs = new PromRegistry();
    const info = new Info({ name: 'build', help: 'B.', registers: [theirs] });
    const state = new Enum({ name: 's', help: 'S.', states: ['a', 'b'], registers: [] });
    theirs.registerMetric(state);
    info.set({ version: '1' });
    expect(await samples(theirs)).to.deep.equal(['build_info{version="1"} 1', 's{s="a"} 1', 's{s="b"} 0']);
    expect(theirs.getSingleMetric('build_info')).to.equal(info);
    theirs.removeSingleMetric('s');
    theirs.resetMetrics();
    expect(await samples(theirs)).to.deep.equal(['build_info 1']);
  });

  it('are counters to the OpenMetrics of prom-client too', async () => {
    const theirs = new PromRegistry<typeof PromRegistry.OPENMETRICS_CONTENT_TYPE>();
    theirs.setContentType(PromRegistry.OPENMETRICS_CONTENT_TYPE);
    new Counter({ name: 'c', help: 'C.', registers: [theirs] }).inc(1, { trace: 'x' });
    const text = await theirs.metrics();
    expect(text).to.match(/^# HELP c C\.\n# TYPE c counter\nc_total 1 # \{trace="x"\} 1 [\d.]+\n# EOF\n$/);
  });
});

/** Texts that would run into each other if they were joined by something that may be in them. */
const lookalike = fc
  .array(fc.constantFrom('', 'x', '|', ',b:', '1:', '"'), { maxLength: 3 })
  .map((all) => all.join(''));
