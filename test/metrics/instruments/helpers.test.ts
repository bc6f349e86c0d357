import { setImmediate } from 'node:timers/promises';
import { expect } from 'chai';
import { Counter } from '../../../src/metrics/instruments/counter.ts';
import { Gauge } from '../../../src/metrics/instruments/gauge.ts';
import { Histogram } from '../../../src/metrics/instruments/histogram.ts';
import { Summary } from '../../../src/metrics/instruments/summary.ts';

const failure = new TypeError('not a number');

function fails(): never {
  throw failure;
}

async function failsLater(): Promise<never> {
  await setImmediate();
  throw failure;
}

/** What waits until it is opened. */
function gate(): { readonly opened: Promise<string>; readonly open: () => void } {
  let open: () => void = () => undefined;
  const opened = new Promise<string>((resolve) => {
    open = () => {
      resolve('open');
    };
  });
  return { opened, open };
}

/** What a block throws, at once or later. */
async function thrownBy(block: () => unknown): Promise<unknown> {
  try {
    await block();
    return undefined;
  } catch (error) {
    return error;
  }
}

describe('counting exceptions', () => {
  let counter: Counter;
  beforeEach(() => (counter = new Counter({ name: 'errors', help: 'E.', registers: [] })));
  const counted = async (): Promise<number | undefined> => (await counter.get()).values[0]?.value;

  for (const [how, block] of Object.entries({ fails, failsLater })) {
    it(`counts and passes on what a block throws: ${how}`, async () => {
      expect(await thrownBy(() => counter.countExceptions(block))).to.equal(failure);
      expect(await counted()).to.equal(1);
    });

    it(`counts some classes only, and those below them: ${how}`, async () => {
      await thrownBy(() => counter.countExceptions(block, RangeError));
      expect(await counted()).to.equal(0);
      await thrownBy(() => counter.countExceptions(block, RangeError, TypeError));
      expect(await counted()).to.equal(1);
      await thrownBy(() => counter.countExceptions(block, Error));
      expect(await counted()).to.equal(2);
    });
  }

  it('counts what is no error too', async () => {
    const signal = AbortSignal.abort('a text');
    const thrown = await thrownBy(() => {
      counter.countExceptions(() => {
        signal.throwIfAborted();
      });
    });
    expect(thrown).to.equal('a text');
    expect(await counted()).to.equal(1);
  });

  it('gives what the block gives', async () => {
    expect(counter.countExceptions(() => 5)).to.equal(5);
    expect(await counter.countExceptions(() => Promise.resolve(6))).to.equal(6);
    expect(await counted()).to.equal(0);
  });

  it('wraps functions, with all that they are given', async () => {
    function divide(this: { by: number }, value: number, ...more: readonly string[]): string {
      if (Number.isNaN(value)) throw failure;
      return [value / this.by, ...more].join(' ');
    }
    const wrapped = counter.countingExceptions(divide, TypeError);
    expect(wrapped.name).to.equal('divide');
    expect(wrapped.call({ by: 2 }, 4, 'a', 'b')).to.equal('2 a b');
    expect(() => wrapped.call({ by: 2 }, NaN)).to.throw(failure);
    expect(await counted()).to.equal(1);
  });

  it('counts by label', async () => {
    const byJob = new Counter({ name: 'errors', help: 'E.', labelNames: ['job'], registers: [] });
    await thrownBy(() => byJob.labels({ job: 'a' }).countExceptions(failsLater));
    expect((await byJob.get()).values).to.deep.equal([{ labels: { job: 'a' }, value: 1 }]);
  });
});

describe('tracking what is in progress', () => {
  it('counts blocks while they run, however they end', async () => {
    const gauge = new Gauge({ name: 'running', help: 'R.', registers: [] });
    const now = async (): Promise<number | undefined> => (await gauge.get()).values[0]?.value;
    const { opened, open } = gate();
    const both = [gauge.trackInProgress(() => opened), gauge.trackingInProgress(() => opened)()];
    expect(gauge.trackInProgress(() => 'at once')).to.equal('at once');
    await thrownBy(() => gauge.trackInProgress(fails));
    expect(await now()).to.equal(2);
    open();
    expect(await Promise.all(both)).to.deep.equal(['open', 'open']);
    await thrownBy(() => gauge.trackInProgress(failsLater));
    expect(await now()).to.equal(0);
  });
});

describe('timing', () => {
  const makers = {
    histogram: () => new Histogram({ name: 'h', help: 'H.', registers: [] }),
    summary: () => new Summary({ name: 's', help: 'S.', registers: [] }),
    gauge: () => new Gauge({ name: 'g', help: 'G.', registers: [] }),
  };

  for (const [type, make] of Object.entries(makers)) {
    it(`takes the seconds of blocks, functions and timers, also of those that fail: ${type}`, async () => {
      const metric = make();
      const beganMs = performance.now();
      expect(metric.time(() => 'sync')).to.equal('sync');
      expect(await metric.time(() => setImmediate('async'))).to.equal('async');
      expect(await thrownBy(() => metric.time(fails))).to.equal(failure);
      expect(await thrownBy(() => metric.time(failsLater))).to.equal(failure);
      expect(metric.timed((a: number, b: number) => a + b)(1, 2)).to.equal(3);
      const end = metric.startTimer();
      await setImmediate();
      const seconds = end();
      const wholeSeconds = (performance.now() - beganMs) / 1000;
      expect(seconds).to.be.within(0, wholeSeconds);
      const { values } = await metric.get();
      const of = (name: string) => values.find(({ metricName }) => metricName === name)?.value;
      if (type === 'gauge') expect(values[0]?.value).to.equal(seconds);
      else {
        expect(of(`${type.charAt(0)}_count`)).to.equal(6);
        expect(of(`${type.charAt(0)}_sum`)).to.be.within(seconds, wholeSeconds);
      }
    });
  }

  it('does not take what has not ended', async () => {
    const histogram = makers.histogram();
    const { opened, open } = gate();
    const running = histogram.time(() => opened);
    expect((await histogram.get()).values.at(-1)?.value).to.equal(0);
    open();
    await running;
    expect((await histogram.get()).values.at(-1)?.value).to.equal(1);
  });

  it('takes labels at the end', async () => {
    const histogram = new Histogram({ name: 'h', help: 'H.', labelNames: ['job', 'result'], registers: [] });
    const end = histogram.startTimer({ job: 'a' });
    end({ result: 'good' });
    end({ result: 'bad', job: 'b' });
    const counts = (await histogram.get()).values.filter(({ metricName }) => metricName === 'h_count');
    expect(counts.map(({ labels, value }) => [labels, value])).to.deep.equal([
      [{ job: 'a', result: 'good' }, 1],
      [{ job: 'b', result: 'bad' }, 1],
    ]);
  });
});
