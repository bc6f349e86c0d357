import { stripVTControlCharacters } from 'node:util';
import { expect } from 'chai';
import type { Check } from '../../src/measure/baseline.ts';
import { checkDocument } from '../../src/report/check-document.ts';
import { renderChecks, summaryText } from '../../src/report/check-report.ts';
import { comparisonText } from '../../src/report/check-text.ts';
import { jsonText } from '../../src/report/json.ts';
import { baselineChecks, budgetCheck, budgetChecks } from './sample-checks.ts';
import { hostileText } from './sample-results.ts';

describe('report/check-report', () => {
  it('lists budgets, failures last', () => {
    expect(renderChecks(budgetChecks, { colour: false, unicode: true })).to.equal(`\
✔ src=10.0.0.2   p95     1.80 ms ≤ 50 ms
✔ src=10.0.0.2   count     1,200 ≥ 1,000
✘ src=10.0.0.30  p95     72.1 ms > 50 ms
✘ src=10.0.0.30  count         9 < 1,000
✘ src=10.0.0.4   stddev                   no stddev of 1 sample
✘ no group       p95                      no group matches src=172.16.0.0/12
6 checks, 4 failed
`);
  });

  it('lists baselines with the way from there', () => {
    expect(renderChecks(baselineChecks, { colour: false, unicode: false })).to.equal(`\
PASS src=10.0.0.30  count        9             new: not in the baseline
PASS src=10.0.0.2   p95    1.80 ms <= 1.88 ms  +20.0 % from 1.50 ms
FAIL src=10.0.0.2   p95    1.80 ms >  1.65 ms  +20.0 % from 1.50 ms
FAIL src=10.0.0.5   count        0 <  1        in the baseline, but without samples now
FAIL no group       count        0 <  1        nothing to compare with: in the baseline there are no samples
5 checks, 3 failed
`);
  });

  it('says which measurement, where there are several', () => {
    const other = { ...budgetCheck(0.001, 0.002), measurement: 'http_time' };
    expect(renderChecks([budgetCheck(0.001, 0.002), other], { colour: false, unicode: true })).to.equal(`\
✔ tcp_ack_rtt  total  p95  1.00 ms ≤ 2 ms
✔ http_time    total  p95  1.00 ms ≤ 2 ms
2 checks, none failed
`);
  });

  it('is the same text in colour', () => {
    const coloured = renderChecks(budgetChecks, { colour: true, unicode: true });
    expect(stripVTControlCharacters(coloured)).to.equal(
      renderChecks(budgetChecks, { colour: false, unicode: true }),
    );
    expect(coloured).to.include('\u001b[32m✔').and.include('\u001b[31m✘');
  });

  it('counts one check, and none', () => {
    expect(summaryText([budgetCheck(1, 0)])).to.equal('1 check, 1 failed');
    expect(summaryText([])).to.equal('0 checks, none failed');
  });

  it('stays one line for each check, whatever the labels hold', () => {
    const hostile = { ...budgetCheck(1, 2, { [hostileText]: hostileText }), measurement: hostileText };
    const text = renderChecks([hostile, budgetCheck(1, 2)], { colour: false, unicode: false });
    expect(text).to.match(/^[\x20-\x7e\n]*$/);
    expect(text.split('\n')).to.have.length(4);
  });

  it('shows as many digits as it takes to see which figure is larger', () => {
    const shown = (actual: number, limit: number) =>
      Object.values(comparisonText(budgetCheck(actual, limit), true)).join(' ');
    expect(shown(0.050_000_01, 0.05)).to.equal('50.00001 ms > 50 ms');
    expect(shown(0.012_346_1, 0.012_345)).to.equal('12.35 ms > 12.345 ms');
    expect(shown(0.012_31, 0.012_3)).to.equal('12.31 ms > 12.3 ms');
    expect(shown(0.049_99, 0.05)).to.equal('49.99 ms ≤ 50 ms');
    expect(shown(0.05, 0.05)).to.equal('50.0 ms ≤ 50 ms');
  });
});

describe('report/check-document', () => {
  it('is stable, with its keys in order', () => {
    const text = jsonText(
      checkDocument({
        tsharkVersion: '4.0.17',
        inputs: [{ path: 'a.pcap', samples: null, truncated: true }],
        checks: [budgetChecks[2]!, baselineChecks[0]!],
      }),
    );
    expect(JSON.stringify(JSON.parse(text))).to.equal(
      '{"schema":"rttshark.check/1","tshark":{"version":"4.0.17"},' +
        '"inputs":[{"path":"a.pcap","samples":null,"truncated":true}],"passed":false,"checks":[' +
        '{"kind":"budget","measurement":"tcp_ack_rtt","labels":{"src":"10.0.0.2"},"statistic":"count",' +
        '"comparison":">=","limit":1000,"actual":1200,"passed":true,"note":null},' +
        '{"kind":"baseline","measurement":"tcp_ack_rtt","labels":{"src":"10.0.0.2"},"statistic":"p95",' +
        '"comparison":"<=","limit":0.00165,"actual":0.0018,"baseline":0.0015,"tolerance":0.1,' +
        '"change":0.19999999999999996,"passed":false,"note":null}]}',
    );
  });

  it('has passed where every check has', () => {
    const passed = (...checks: Check[]) => checkDocument({ tsharkVersion: '4', inputs: [], checks }).passed;
    expect(passed(budgetCheck(1, 2), budgetCheck(1, 1))).to.equal(true);
    expect(passed(budgetCheck(1, 2), budgetCheck(2, 1))).to.equal(false);
  });
});
