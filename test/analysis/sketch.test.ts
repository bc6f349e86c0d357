import { expect } from 'chai';
import { analyze } from '../../src/analysis/analyze.ts';
import type { AnalysisOptions } from '../../src/analysis/analysis-options.ts';
import { sketchRelativeError } from '../../src/measure/value-sketch.ts';
import { analysisText } from '../../src/metrics/analysis-text.ts';
import { fixture } from '../support/run-command.ts';

const inputs = ['recorded-iperf3.pcapng', 'demo.pcap', 'recorded-services.pcapng'].map(fixture);
const histogram = { buckets: [0.0003, 0.002, 0.05, 1], kind: 'both', native: { maxBuckets: 12 } } as const;

/** The same captures with all values kept, and with so many of them at most. */
async function both(exactSamples: number, options: Partial<AnalysisOptions> = {}) {
  const asked = { inputs, histogram, ...options };
  return await Promise.all([analyze(asked), analyze({ ...asked, exactSamples })]);
}

describe('an analysis of more samples than it keeps', () => {
  for (const exactSamples of [0, 150]) {
    it(`has the figures and histograms of one that keeps more than ${exactSamples}, and sketched quantiles`, async () => {
      const [exact, sketch] = await both(exactSamples);
      const [{ groups, total, quantileMethod, quantileRelativeError }] = sketch.measurements;
      const [all] = exact.measurements;
      expect(all.total.count).to.be.greaterThan(150);
      expect(all.quantileMethod).to.equal('exact');
      expect(quantileMethod).to.equal('sketch');
      expect(quantileRelativeError).to.equal(sketchRelativeError);
      const [figures, expected] = [
        [...groups.map(({ statistics }) => statistics), total],
        [...all.groups.map(({ statistics }) => statistics), all.total],
      ];
      expect(groups.map(({ labels }) => labels)).to.deep.equal(all.groups.map(({ labels }) => labels));
      for (const [i, of] of expected.entries()) {
        const found = figures[i]!;
        for (const name of ['count', 'min', 'max', 'first_seen', 'last_seen'] as const)
          expect(found[name]).to.equal(of[name]);
        for (const name of ['sum', 'mean', 'stddev'] as const)
          expect(found[name] ?? 0).to.be.closeTo(of[name] ?? 0, 1e-12 * of.count);
        for (const name of ['p50', 'p90', 'p95', 'p99'] as const)
          expect(found[name] ?? 0).to.be.closeTo(of[name] ?? 0, (of[name] ?? 0) * 1.01 * sketchRelativeError);
      }
    });
  }

  it('gives the same Prometheus text, classic and native', async () => {
    for (const kind of ['classic', 'both'] as const) {
      const [exact, sketch] = await both(7, { histogram: { ...histogram, kind } });
      const metrics = { histogram: { ...histogram, kind } };
      const textOf = (analysis: typeof exact) => [...analysisText(analysis, metrics)].join('');
      // Each capture has its own running sum, and those are added up here: that can differ in the last digits.
      const withoutSums = (text: string) => text.replace(/^.*_sum.*$/gm, '');
      expect(withoutSums(textOf(sketch))).to.equal(withoutSums(textOf(exact)));
    }
  });

  it('gives the very same Prometheus text of one capture', async () => {
    const [exact, sketch] = await both(7, { inputs: [fixture('demo.pcap')] });
    const textOf = (analysis: typeof exact) => [...analysisText(analysis, { histogram })].join('');
    expect(sketch.measurements[0].quantileMethod).to.equal('sketch');
    expect(textOf(sketch)).to.equal(textOf(exact));
  });

  it('is exact where that is insisted on', async () => {
    const [exact, insisted] = await both(7, { exact: true });
    expect(insisted.measurements[0].total).to.deep.equal(exact.measurements[0].total);
    expect(insisted.measurements[0].quantileMethod).to.equal('exact');
  });
});
