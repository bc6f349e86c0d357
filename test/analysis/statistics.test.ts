import fc from 'fast-check';
import { expect } from 'chai';
import { analyze } from '../../src/analysis/analyze.ts';
import type { Statistics } from '../../src/measure/statistics.ts';
import { summarize } from '../../src/measure/summarize.ts';
import { isClose } from '../support/expect-groups.ts';
import { plainTshark } from '../support/plain-tshark.ts';
import { fixture, runCommand } from '../support/run-command.ts';

const figures = ['mean', 'stddev', 'p50', 'p90', 'p95', 'p99'] as const;

type Figures = Readonly<Record<(typeof figures)[number], number | null>>;

const script = `
import json, math, statistics, sys
import pandas as pd

def of_pandas(values):
    series = pd.Series(values, dtype='float64')
    quantiles = series.quantile([.5, .9, .95, .99])
    return [series.mean(), series.std(), *quantiles]

def exact(values):
    return [statistics.fmean(values), statistics.stdev(values) if len(values) > 1 else math.nan]

how = {'pandas': of_pandas, 'exact': exact}[sys.argv[1]]
answers = [how(values) for values in json.load(sys.stdin)]
json.dump([[None if math.isnan(x) else float(x) for x in answer] for answer in answers], sys.stdout)
`;

/** What Python makes of several sets of values. */
async function python(how: 'pandas' | 'exact', sets: readonly (readonly number[])[]): Promise<Figures[]> {
  const { status, stdout, stderr } = await runCommand('/usr/bin/python3', ['-c', script, how], {
    stdin: JSON.stringify(sets),
  });
  expect(status, stderr).to.equal(0);
  const answers = JSON.parse(stdout) as (number | null)[][];
  return answers.map(
    (answer) => Object.fromEntries(figures.map((name, at) => [name, answer[at] ?? null])) as Figures,
  );
}

function expectSame(actual: Statistics, expected: Figures, names: readonly (keyof Figures)[]): void {
  for (const name of names) {
    const [is, should] = [actual[name], expected[name]];
    expect(should === null ? is === null : isClose(is, should), `${name}: ${is}, not ${should}`).to.equal(
      true,
    );
  }
}

const summary = (values: readonly number[]): Statistics =>
  summarize(Float64Array.from(values).sort(), null, null);

const delay = fc.integer({ min: 1, max: 2_000_000_000 }).map((nanoseconds) => nanoseconds / 1e9);

describe('analysis: statistics', () => {
  it('of captures are those of pandas', async () => {
    const captures = ['demo.pcap', 'impairments.pcap', 'recorded-iperf3.pcapng', 'nanoseconds.pcap'].map(
      fixture,
    );
    const [groups, samples] = await Promise.all([
      Promise.all(captures.map((capture) => analyze({ inputs: [capture] }))),
      Promise.all(captures.map((capture) => plainTshark(capture))),
    ]);
    const measured = groups.flatMap(({ measurements: [{ groups, total }] }, at) => [
      { of: (samples[at] ?? []).map(({ value }) => Number(value)), statistics: total },
      ...groups.map(({ labels: { src, dst }, statistics }) => ({
        of: (samples[at] ?? [])
          .filter((sample) => sample.src === src && sample.dst === dst)
          .map(({ value }) => Number(value)),
        statistics,
      })),
    ]);
    expect(measured.length).to.be.greaterThan(20);
    const expected = await python(
      'pandas',
      measured.map(({ of }) => of),
    );
    measured.forEach(({ statistics }, at) => {
      expectSame(statistics, expected[at]!, figures);
    });
  });

  it('of a few samples are those of pandas', async () => {
    const sets = fc.sample(fc.array(delay, { minLength: 1, maxLength: 30 }), 300);
    const expected = await python('pandas', sets);
    sets.forEach((values, at) => {
      expectSame(summary(values), expected[at]!, figures);
    });
  });

  it('of values far larger than their spread are exact', async () => {
    const farAway = fc
      .tuple(fc.constantFrom(1e3, 1e6, 1e9), fc.array(delay, { minLength: 2, maxLength: 200 }))
      .map(([base, values]) => values.map((value) => base + value));
    const nearlyAlike = fc.array(fc.constantFrom(0.1, 0.1 + 2 ** -56, 0.1 + 2 ** -50), {
      minLength: 2,
      maxLength: 50,
    });
    const sets = [...fc.sample(farAway, 100), ...fc.sample(nearlyAlike, 100), [1.5e9, -1.5e9, 1e-5, 3e-9]];
    const expected = await python('exact', sets);
    sets.forEach((values, at) => {
      expectSame(summary(values), expected[at]!, ['mean', 'stddev']);
    });
  });

  it('of one sample and of none', () => {
    expect(summary([0.25])).to.include({ count: 1, mean: 0.25, stddev: null, p50: 0.25, p99: 0.25 });
    expect(summary([])).to.include({ count: 0, sum: 0, mean: null, stddev: null, min: null, p50: null });
  });
});
