import { expect } from 'chai';
import { Counter as PromCounter, Gauge as PromGauge, Registry as PromRegistry } from 'prom-client';
import type { RttsharkError } from '../../../src/errors.ts';
import { exposition } from '../../../src/metrics/exposition.ts';
import { Counter } from '../../../src/metrics/instruments/counter.ts';
import { Enum } from '../../../src/metrics/instruments/enum.ts';
import { Gauge } from '../../../src/metrics/instruments/gauge.ts';
import { Histogram } from '../../../src/metrics/instruments/histogram.ts';
import { Info } from '../../../src/metrics/instruments/info.ts';
import type { MetricRegistry } from '../../../src/metrics/instruments/instrument.ts';
import { Registry } from '../../../src/metrics/instruments/registry.ts';
import { Summary } from '../../../src/metrics/instruments/summary.ts';
import { thrown } from '../../sinks/rejection.ts';

const makers = {
  counter: (name: string, registers: MetricRegistry[]) => new Counter({ name, help: '', registers }),
  gauge: (name: string, registers: MetricRegistry[]) => new Gauge({ name, help: '', registers }),
  histogram: (name: string, registers: MetricRegistry[]) => new Histogram({ name, help: '', registers }),
  summary: (name: string, registers: MetricRegistry[]) => new Summary({ name, help: '', registers }),
  info: (name: string, registers: MetricRegistry[]) => new Info({ name, help: '', registers }),
  enum: (name: string, registers: MetricRegistry[]) => new Enum({ name, help: '', states: ['a'], registers }),
};

type Type = keyof typeof makers;

function refused(make: () => unknown): RttsharkError {
  return thrown('usage', make);
}

describe('names of metrics', () => {
  const wrong = ['', '1st', 'a-b', 'a b', 'naïve', 'a\n', 'a.b', '"'];
  for (const type of Object.keys(makers) as Type[]) {
    it(`are those that Prometheus takes: ${type}`, () => {
      for (const name of wrong) {
        expect(refused(() => makers[type](name, [])).message).to.equal(`"${name}" is no metric name.`);
      }
      for (const name of ['a', '_a', 'A1_b']) makers[type](name, []);
    });
  }

  it('may have a colon, but where they are a label too', () => {
    makers.gauge('job:level:sum', []);
    makers.gauge('__a', []);
    expect(refused(() => makers.enum('a:b', [])).message).to.equal('An enum cannot be called "a:b".');
    expect(refused(() => makers.enum('__a', [])).message).to.equal('An enum cannot be called "__a".');
  });

  it('have the ending of their type once', () => {
    expect(makers.counter('a', []).name).to.equal('a_total');
    expect(makers.counter('a_total', []).name).to.equal('a_total');
    expect(makers.info('a', []).name).to.equal('a_info');
    expect(makers.info('a_info', []).name).to.equal('a_info');
    expect(new Counter({ name: 'a_total', help: '', unit: 'bytes', registers: [] }).name).to.equal(
      'a_bytes_total',
    );
    expect(new Gauge({ name: 'a_bytes', help: '', unit: 'bytes', registers: [] }).name).to.equal('a_bytes');
    expect(refused(() => makers.counter('_total', [])).message).to.contain('"_total"');
    expect(refused(() => makers.info('_info', [])).message).to.contain('"_info"');
    expect(refused(() => new Gauge({ name: 'a', help: '', unit: 'k-m', registers: [] })).message).to.contain(
      '"a_k-m"',
    );
  });
});

describe('names in one registry', () => {
  const clashes: [there: Type, name: string, added: Type, name: string, shared: string][] = [
    ['counter', 'a', 'counter', 'a_total', 'a'],
    ['counter', 'a', 'gauge', 'a_total', 'a_total'],
    ['gauge', 'a_total', 'counter', 'a', 'a_total'],
    ['counter', 'a', 'gauge', 'a', 'a'],
    ['counter', 'a', 'gauge', 'a_created', 'a_created'],
    ['info', 'a', 'gauge', 'a_info', 'a_info'],
    ['histogram', 'a', 'gauge', 'a_bucket', 'a_bucket'],
    ['histogram', 'a', 'counter', 'a_sum', 'a_sum'],
    ['gauge', 'a_count', 'histogram', 'a', 'a_count'],
    ['summary', 'a', 'gauge', 'a_count', 'a_count'],
    ['summary', 'a', 'histogram', 'a_sum', 'a_sum'],
    ['enum', 'a', 'info', 'a', 'a'],
  ];
  for (const [there, name, added, addedName, shared] of clashes) {
    it(`do not clash: ${there} ${name}, ${added} ${addedName}`, () => {
      for (const registry of [new Registry(), new PromRegistry()]) {
        const first = makers[there](name, [registry]);
        const error = refused(() => makers[added](addedName, [registry]));
        expect(error.message).to.contain(`"${shared}" is taken`);
        expect(error.hint).to.contain(`"${first.name}"`);
        expect(registry.getMetricsAsArray()).to.deep.equal([first]);
      }
    });
  }

  it('may look alike without a clash', () => {
    const registry = new Registry();
    makers.gauge('a', [registry]);
    makers.gauge('a_sum', [registry]);
    makers.summary('b', [registry]);
    makers.gauge('b_bucket', [registry]);
  });

  it('are taken in all registries or in none', () => {
    const [empty, full] = [new Registry(), new Registry()];
    makers.gauge('a', [full]);
    refused(() => makers.gauge('a', [empty, full]));
    expect(empty.getMetricsAsArray()).to.deep.equal([]);
  });

  it("do not clash with those of prom-client's own metrics", async () => {
    const registry = new Registry();
    makers.histogram('a', [registry]);
    expect(
      refused(() => new PromGauge({ name: 'a_sum', help: 'A.', registers: [registry] })).message,
    ).to.equal('The metric "a_sum" cannot be registered: "a_sum" is taken.');
    const theirs = new PromRegistry();
    new PromCounter({ name: 'b', help: 'B.', registers: [theirs] });
    expect(refused(() => makers.counter('b_total', [theirs])).message).to.contain('"b" is taken');
    // Nobody is asked when prom-client's own are added there: it is seen when they are read.
    new PromCounter({ name: 'b_total', help: 'B.', registers: [theirs] });
    const failure = await exposition(theirs, 'text')
      .metrics()
      .catch((error: unknown) => error);
    expect(failure).to.be.an('error').with.property('message').that.contains('"b" is taken');
  });
});

describe('labels', () => {
  const labelled = (labelNames: string[]) => new Gauge({ name: 'g', help: '', labelNames, registers: [] });

  it('have names that Prometheus takes, each once', () => {
    for (const name of ['', '1st', 'a-b', 'a:b', 'é', 'a\n', '__name__', '__']) {
      expect(refused(() => labelled([name])).message).to.contain(`"${name}"`);
    }
    expect(refused(() => labelled(['a', 'b', 'a'])).message).to.equal('"g" has the label "a" twice.');
    labelled(['le', 'quantile', '_', 'constructor', 'toString']).set(
      { le: '1', quantile: '2', _: '3', constructor: '4', toString: '5' } as never,
      1,
    );
  });

  it('are not those that a type has of its own', () => {
    const options = { name: 'x', help: '', registers: [] };
    const makeAll = [
      () => new Histogram({ ...options, labelNames: ['le'] }),
      () => new Summary({ ...options, labelNames: ['quantile'] }),
      () => new Enum({ ...options, labelNames: ['x'], states: ['a'] }),
    ];
    for (const make of makeAll) expect(refused(make).message).to.contain('reserved');
    const info = new Info({ ...options, labelNames: ['host'] });
    expect(
      refused(() => {
        info.labels('a').set({ host: 'b' });
      }).message,
    ).to.contain('"host" is a label of "x"');
    expect(
      refused(() => {
        info.labels('a').set({ '1': 'b' });
      }).message,
    ).to.contain('"1" is no label name');
  });

  it('have values, all of them', () => {
    const gauge = labelled(['method', 'code']);
    expect(
      refused(() => {
        gauge.set(1);
      }).hint,
    ).to.contain('method, code');
    expect(refused(() => gauge.labels('get')).message).to.contain('1 label values');
    expect(refused(() => gauge.labels({ method: 'get' })).message).to.contain('"code" of "g" has no value');
    expect(refused(() => gauge.labels({ method: 'get', code: null as never })).message).to.contain('"code"');
    expect(refused(() => gauge.labels({ metod: 'get', code: 1 })).hint).to.contain('Did you mean "method"?');
    expect(refused(() => gauge.startTimer({ method: 'get' })()).message).to.contain('"code"');
    expect(refused(() => labelled([]).labels('a')).hint).to.equal('It has no labels.');
  });

  it('are known to the compiler', () => {
    const options = { name: 'g', help: '', labelNames: ['method', 'code'], registers: [] } as const;
    const gauge = new Gauge(options);
    gauge.set({ method: 'get', code: 200 }, 1);
    refused(() => {
      // @ts-expect-error -- a label is missing
      gauge.set({ method: 'get' }, 1);
    });
    refused(() => {
      // @ts-expect-error -- there is no such label
      gauge.set({ method: 'get', code: 200, path: '/' }, 1);
    });
    const state = new Enum({ ...options, states: ['up', 'down'] });
    refused(() => {
      // @ts-expect-error -- there is no such state
      state.labels('get', 200).set('left');
    });
  });

  it('have values that are Unicode', () => {
    for (const half of ['\ud800', 'a\udc00b']) {
      expect(refused(() => labelled(['a']).labels(half)).message).to.contain('not valid Unicode');
      expect(refused(() => new Gauge({ name: 'g', help: half, registers: [] })).message).to.contain(
        'help of "g"',
      );
    }
    labelled(['a']).labels('😀');
  });
});

describe('values', () => {
  const options = { name: 'x', help: '', registers: [] };

  it('are numbers, and no less than nothing for a counter', () => {
    const text = '1' as unknown as number;
    expect(
      refused(() => {
        new Gauge(options).set(text);
      }).message,
    ).to.equal('"x" takes numbers, not "1".');
    expect(
      refused(() => {
        new Histogram(options).observe(text);
      }).message,
    ).to.contain('"1"');
    expect(
      refused(() => {
        new Summary(options).observe(text);
      }).message,
    ).to.contain('"1"');
    expect(
      refused(() => {
        new Counter(options).inc(text);
      }).message,
    ).to.contain('"1"');
    expect(
      refused(() => {
        new Counter(options).inc(-0.5);
      }).message,
    ).to.contain('cannot shrink by "0.5"');
  });

  it('are among the states', () => {
    const state = new Enum({ ...options, states: ['running', 'stopped'] });
    expect(
      refused(() => {
        state.set('runing' as never);
      }).hint,
    ).to.contain('Did you mean "running"?');
    expect(refused(() => new Enum({ ...options, states: [] })).message).to.equal('"x" has no states.');
    expect(refused(() => new Enum({ ...options, states: ['a', 'a'] })).message).to.contain('"a" twice');
  });

  it('have buckets and percentiles that grow', () => {
    for (const buckets of [[], [2, 1], [1, 1], [NaN], [Infinity]]) {
      refused(() => new Histogram({ ...options, buckets }));
    }
    for (const percentiles of [[-0.1], [1.1], [NaN], [0.5, 0.5], [0.9, 0.5]]) {
      refused(() => new Summary({ ...options, percentiles }));
    }
    for (const window of [
      { maxAgeSeconds: 0 },
      { maxAgeSeconds: Infinity },
      { ageBuckets: 0 },
      { ageBuckets: 1.5 },
    ]) {
      refused(() => new Summary({ ...options, ...window }));
    }
  });

  it('have exemplars of 128 characters at most, or are not counted', async () => {
    const counter = new Counter(options);
    counter.inc(1, { trace: '😀'.repeat(123) });
    expect(
      refused(() => {
        counter.inc(1, { trace: 'x'.repeat(124) });
      }).message,
    ).to.contain('129 characters');
    expect(
      refused(() => {
        counter.inc(1, { 'trace-id': 'x' });
      }).message,
    ).to.contain('"trace-id"');
    expect((await counter.get()).values[0]?.value).to.equal(1);
  });
});
