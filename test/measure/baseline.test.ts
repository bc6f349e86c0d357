import { expect } from 'chai';
import { RttsharkError } from '../../src/errors.ts';
import { compareWithBaseline, parseTolerance } from '../../src/measure/baseline.ts';
import { parseLabelMatch } from '../../src/measure/label-match.ts';
import { measured } from './measured-group.ts';

describe('measure/baseline', () => {
  describe('parseTolerance', () => {
    const accepted: [text: string, fraction: number][] = [
      ['10%', 0.1],
      ['10 %', 0.1],
      ['0.1', 0.1],
      ['.5', 0.5],
      ['0', 0],
      ['1', 1],
      ['250%', 2.5],
    ];
    for (const [text, fraction] of accepted) {
      it(`reads "${text}"`, () => {
        expect(parseTolerance(text)).to.equal(fraction);
      });
    }
    for (const text of ['', '%', '10', '-1%', 'ten', '1e2%', '10%%']) {
      it(`refuses "${text}"`, () => {
        expect(() => parseTolerance(text))
          .to.throw(RttsharkError, `"${text}" is not a tolerance`)
          .with.property('code', 'usage');
      });
    }
  });

  describe('compareWithBaseline', () => {
    const a = { src: '10.0.0.1', dst: 'x' };
    const b = { src: '10.0.0.2', dst: 'x' };
    const p95Only = { statistics: ['p95'] } as const;
    const group = (labels: Record<string, string>, p95: number | null) => ({
      labels,
      values: { count: 5, p95 },
    });

    it('compares mean, p50, p95 and p99 with a tolerance of a tenth, if nothing is said', () => {
      const values = { mean: 1, p50: 1, p95: 1, p99: 1 };
      const checks = compareWithBaseline(measured({ labels: a, values }), measured({ labels: a, values }));
      expect(checks.map(({ statistic, limit }) => [statistic, limit])).to.deep.equal([
        ['mean', 1.1],
        ['p50', 1.1],
        ['p95', 1.1],
        ['p99', 1.1],
      ]);
    });

    const cases: [
      name: string,
      before: number | null,
      now: number | null,
      tolerance: number,
      expected: object,
    ][] = [
      ['better', 0.1, 0.05, 0.1, { passed: true, change: -0.5, note: null }],
      ['the same, without tolerance', 0.1, 0.1, 0, { passed: true, change: 0, limit: 0.1 }],
      ['just within', 0.5, 0.625, 0.25, { passed: true, change: 0.25, limit: 0.625 }],
      ['just beyond', 0.5, 0.6251, 0.25, { passed: false, limit: 0.625, comparison: '<=' }],
      [
        'nothing before',
        null,
        0.5,
        0.1,
        { passed: true, limit: null, note: 'the baseline has no p95 of 5 samples' },
      ],
      ['nothing now', 0.5, null, 0.1, { passed: false, change: null, note: 'no p95 of 5 samples' }],
      ['zero before', 0, 0.1, 0.1, { passed: false, change: null, limit: 0 }],
      ['below zero before', -0.5, -0.5, 0.5, { passed: true, change: null, limit: -0.25 }],
    ];
    for (const [name, before, now, tolerance, expected] of cases) {
      it(`judges a figure: ${name}`, () => {
        const options = { ...p95Only, tolerance };
        const [check] = compareWithBaseline(measured(group(a, now)), measured(group(a, before)), options);
        expect(check).to.include({ ...expected, kind: 'baseline', baseline: before, actual: now, tolerance });
      });
    }

    it('fails for a group that is missing, passes for one that is new, and says so', () => {
      const checks = compareWithBaseline(measured(group(b, 1)), measured(group(a, 1)), p95Only);
      expect(checks).to.have.length(2);
      expect(checks[0]).to.deep.include({
        labels: a,
        passed: false,
        statistic: 'count',
        limit: 1,
        actual: 0,
      });
      expect(checks[0]?.note).to.match(/without samples now/);
      expect(checks[1]).to.deep.include({
        labels: b,
        passed: true,
        statistic: 'count',
        limit: null,
        actual: 5,
      });
      expect(checks[1]?.note).to.match(/new/);
    });

    it('finds a group whatever the order of its labels', () => {
      const turned = { dst: 'x', src: '10.0.0.1' };
      const [check, ...others] = compareWithBaseline(
        measured(group(turned, 1)),
        measured(group(a, 1)),
        p95Only,
      );
      expect(check).to.include({ statistic: 'p95', passed: true });
      expect(others).to.be.empty;
    });

    it('looks only at groups that match', () => {
      const options = { ...p95Only, matchers: [parseLabelMatch('src=10.0.0.2')] };
      const checks = compareWithBaseline(measured(group(b, 1)), measured(group(a, 1), group(b, 1)), options);
      expect(checks.map(({ labels }) => labels)).to.deep.equal([b]);
    });

    it('fails where nothing is compared', () => {
      const options = { ...p95Only, matchers: [parseLabelMatch('src=10.9.9.9')] };
      const unmatched = compareWithBaseline(measured(group(a, 1)), measured(group(a, 1)), options);
      expect(unmatched).to.have.length(1);
      expect(unmatched[0]).to.include({ passed: false, labels: null });
      expect(unmatched[0]?.note).to.match(/no group matches src=10\.9\.9\.9$/);
      expect(compareWithBaseline(measured(), measured()).map(({ passed }) => passed)).to.deep.equal([false]);
      expect(
        compareWithBaseline(measured(group(a, 1)), measured()).map(({ passed }) => passed),
      ).to.deep.equal([false, true]);
    });

    it('refuses a baseline that is grouped otherwise', () => {
      expect(() => compareWithBaseline(measured(group({}, 1)), measured(group(a, 1))))
        .to.throw(RttsharkError, 'The baseline is grouped by "src,dst", this measurement is not grouped.')
        .with.property('code', 'usage');
    });
  });
});
