import { expect } from 'chai';
import { RttsharkError } from '../../src/errors.ts';
import { budgetStatistics, evaluateBudgets, parseBudget } from '../../src/measure/budget.ts';
import { parseLabelMatch } from '../../src/measure/label-match.ts';
import { measured } from './measured-group.ts';

describe('measure/budget', () => {
  describe('parseBudget', () => {
    it('reads a duration for every statistic but count', () => {
      for (const statistic of budgetStatistics.filter((name) => name !== 'count')) {
        expect(parseBudget('max', `${statistic}=50ms`)).to.deep.equal({
          bound: 'max',
          statistic,
          limit: 0.05,
        });
      }
    });

    it('reads a whole number for count', () => {
      expect(parseBudget('min', ' count = 100 ')).to.deep.equal({
        bound: 'min',
        statistic: 'count',
        limit: 100,
      });
    });

    const refused: [text: string, message: string, hint: RegExp][] = [
      ['p95', '"--max p95" has no limit', /--max p95=50ms/],
      ['p96=1ms', 'no statistic "p96"', /Did you mean p90 or p95 or p99\?.*are: count, sum, mean,/],
      ['men=1ms', 'no statistic "men"', /Did you mean mean or min\?/],
      ['jitter=1ms', 'no statistic "jitter"', /^The statistics are: count/],
      ['first_seen=1', 'no statistic "first_seen"', /^The statistics are/],
      ['=1', 'no statistic ""', /^The statistics are/],
      ['p95=', '"" is not a duration', /ns, us, ms/],
      ['p95=fast', '"fast" is not a duration', /ns, us, ms/],
      ['count=10ms', '"10ms" is not a number of samples', /count=100/],
      ['count=-1', '"-1" is not a number of samples', /count=100/],
    ];
    for (const [text, message, hint] of refused) {
      it(`refuses "${text}"`, () => {
        expect(() => parseBudget('max', text))
          .to.throw(RttsharkError, message)
          .that.includes({ code: 'usage' })
          .with.property('hint')
          .that.matches(hint);
      });
    }
  });

  describe('evaluateBudgets', () => {
    const fast = { labels: { src: '10.0.0.1' }, values: { count: 9, p95: 0.01, stddev: 0.001 } };
    const slow = { labels: { src: '10.0.0.2' }, values: { count: 4, p95: 0.08 } };
    const single = { labels: { src: '192.0.2.1' }, values: { count: 1, p95: 0.05, stddev: null } };
    const all = measured(fast, slow, single);
    const p95 = parseBudget('max', 'p95=50ms');

    it('holds every budget against every group, budget by budget', () => {
      const checks = evaluateBudgets(all, [p95, parseBudget('min', 'count=4')], []);
      expect(
        checks.map(({ labels, statistic, passed }) => [labels?.['src'], statistic, passed]),
      ).to.deep.equal([
        ['10.0.0.1', 'p95', true],
        ['10.0.0.2', 'p95', false],
        ['192.0.2.1', 'p95', true],
        ['10.0.0.1', 'count', true],
        ['10.0.0.2', 'count', true],
        ['192.0.2.1', 'count', false],
      ]);
      expect(checks[1]).to.deep.equal({
        kind: 'budget',
        measurement: 'tcp_ack_rtt',
        labels: { src: '10.0.0.2' },
        statistic: 'p95',
        comparison: '<=',
        limit: 0.05,
        actual: 0.08,
        passed: false,
        note: null,
      });
      expect(checks[5]).to.include({ comparison: '>=', limit: 4, actual: 1 });
    });

    it('looks only at the groups that match', () => {
      const checks = evaluateBudgets(all, [p95], [parseLabelMatch('src=10.0.0.2/32')]);
      expect(checks.map(({ labels }) => labels)).to.deep.equal([{ src: '10.0.0.2' }]);
    });

    it('fails once for a budget that matches no group, and says so', () => {
      const checks = evaluateBudgets(
        all,
        [p95],
        [parseLabelMatch('src=172.16.0.0/12'), parseLabelMatch('src=x')],
      );
      expect(checks).to.have.length(1);
      expect(checks[0]).to.include({
        labels: null,
        actual: null,
        passed: false,
        note: 'no group matches src=172.16.0.0/12 and src=x',
      });
      expect(evaluateBudgets(measured(), [p95], [])[0]).to.include({
        passed: false,
        note: 'there are no samples',
      });
    });

    it('fails for a statistic that does not exist', () => {
      const budgets = [parseBudget('max', 'stddev=1s'), parseBudget('min', 'stddev=0')];
      const checks = evaluateBudgets(measured(single), budgets, []);
      expect(checks.map(({ passed, note }) => [passed, note])).to.deep.equal([
        [false, 'no stddev of 1 sample'],
        [false, 'no stddev of 1 sample'],
      ]);
    });

    it('refuses a label that the groups do not have', () => {
      expect(() => evaluateBudgets(all, [p95], [parseLabelMatch('dst=a')])).to.throw(RttsharkError, '"dst"');
    });
  });
});
