import { expect } from 'chai';
import {
  collectDefaultMetrics,
  Counter as PromCounter,
  Gauge as PromGauge,
  Histogram as PromHistogram,
  Registry as PromRegistry,
  Summary as PromSummary,
} from 'prom-client';
import { exposition } from '../../src/metrics/exposition.ts';
import { Info } from '../../src/metrics/instruments/info.ts';
import { Registry } from '../../src/metrics/instruments/registry.ts';
import { registryFamilies } from '../../src/metrics/registry-families.ts';
import { thrown } from '../sinks/rejection.ts';
import { parsed, type ParsedFamily } from './python-client.ts';
import { levelledText } from './instruments/levelled-text.ts';

const values = ['', 'a,b:c', 'é "\\\n', '1'];

/** One of each of prom-client's own types. */
function fill(registers: PromRegistry[]): void {
  const labelNames = ['zone', 'le_', 'a'];
  const counter = new PromCounter({ name: 'jobs_total', help: 'J "\\\n.', labelNames, registers });
  const gauge = new PromGauge({ name: 'level', help: 'L.', labelNames, registers });
  const histogram = new PromHistogram({ name: 'h', help: 'H.', labelNames, buckets: [1, 2.5], registers });
  const summary = new PromSummary({ name: 's', help: 'S.', labelNames, percentiles: [0.5, 1], registers });
  for (const value of values) {
    counter.inc({ zone: value, a: 1 }, 1e21);
    gauge.set({ zone: value }, value === '' ? -Infinity : 1e-300);
    for (const observed of [0.5, 1, 7]) {
      histogram.observe({ zone: value, a: 'x' }, observed);
      summary.observe({ zone: value, a: 'x' }, observed);
    }
  }
  new PromHistogram({ name: 'unlabelled', help: 'U.', buckets: [1], registers });
}

describe("what prom-client's registries hold, as families", () => {
  let theirs: PromRegistry;
  beforeEach(() => {
    theirs = new PromRegistry();
    fill([theirs]);
  });

  it('is written in the text format as prom-client writes it', async () => {
    const ours = Buffer.from(await exposition(theirs, 'text').metrics()).toString('utf8');
    // Between families, prom-client has an empty line; and a type's own label comes first.
    const written = (await theirs.metrics()).replaceAll('\n\n', '\n');
    expect(ours).to.equal(written.replace(/\{((?:le|quantile)="[^"]*"),(.*)\} /g, '{$2,$1} '));
  });

  it('is that with default labels and the metrics of the process too', async () => {
    theirs.setDefaultLabels({ app: 'a "b"', zone: 'own' });
    const ours = Buffer.from(await exposition(theirs, 'text').metrics()).toString('utf8');
    const text = await theirs.metrics();
    expect(text).to.contain('app="a \\"b\\""');
    expect(levelledText(ours, false)).to.deep.equal(levelledText(text, false));
    const whole = new PromRegistry();
    collectDefaultMetrics({ register: whole });
    const names = (all: ParsedFamily[]): string[] => all.map(({ name, type }) => `${name} ${type}`);
    const [read = [], expected = []] = parsed('text', [
      Buffer.from(await exposition(whole, 'text').metrics()).toString('utf8'),
      await whole.metrics(),
    ]);
    expect(names(read)).to.deep.equal(names(expected));
  });

  it('is OpenMetrics, with exemplars', async () => {
    const open = new PromRegistry<typeof PromRegistry.OPENMETRICS_CONTENT_TYPE>();
    open.setContentType(PromRegistry.OPENMETRICS_CONTENT_TYPE);
    const options = { enableExemplars: true, registers: [open] };
    new PromCounter({ name: 'c_total', help: 'C.', ...options }).inc({
      value: 2,
      exemplarLabels: { trace: 'a' },
    });
    const histogram = new PromHistogram({ name: 'h', help: 'H.', buckets: [1], ...options });
    histogram.observe({ value: 5, exemplarLabels: { trace: 'b' } });
    histogram.observe({ value: 0.5, exemplarLabels: { trace: 'c' } });
    const ours = Buffer.from(await exposition(open, 'openMetrics').metrics()).toString('utf8');
    const written = (await open.metrics()).replace('le="1"', 'le="1.0"');
    expect(ours).to.equal(written);
    expect(ours.match(/# \{trace="[abc]"\}/g)).to.have.length(3);
  });

  it('is named as OpenMetrics asks for, where a counter is not', async () => {
    const [family] = await registryFamilies({
      getMetricsAsArray: () => [new PromCounter({ name: 'jobs', help: 'J.', registers: [] })],
    });
    expect(family).to.include({ type: 'counter', name: 'jobs' });
  });

  it('is refused where its type is unknown', async () => {
    const odd = { name: 'odd', get: () => Promise.resolve({ name: 'odd', help: '', type: 'untyped' }) };
    const failure = await registryFamilies({ getMetricsAsArray: () => [odd] }).catch(
      (error: unknown) => error,
    );
    expect(failure).to.be.an('error').with.property('message').that.contains('"untyped"');
  });
});

describe("rttshark's registry", () => {
  it('writes what it holds as what it is', async () => {
    const registry = new Registry();
    const info = new Info({ name: 'build', help: 'B.', registers: [registry] });
    info.set({ version: '1' });
    expect(registry.contentType).to.equal('text/plain; version=0.0.4; charset=utf-8');
    expect(await registry.metrics()).to.equal(
      '# HELP build_info B.\n# TYPE build_info gauge\nbuild_info{version="1"} 1\n',
    );
    registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE);
    expect(await registry.metrics()).to.equal(
      '# HELP build B.\n# TYPE build info\nbuild_info{version="1"} 1\n# EOF\n',
    );
  });

  it('takes one metric twice, and lets it go', async () => {
    const registry = new Registry();
    const info = new Info({ name: 'build', help: 'B.', registers: [registry] });
    registry.registerMetric(info);
    expect(registry.getMetricsAsArray()).to.deep.equal([info]);
    thrown('usage', () => new Info({ name: 'build', help: 'B.', registers: [registry] }));
    registry.removeSingleMetric('build_info');
    new Info({ name: 'build', help: 'Another.', registers: [registry] });
    expect(await registry.metrics()).to.contain('Another.');
  });
});
