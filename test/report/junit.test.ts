import { execFileSync } from 'node:child_process';
import { expect } from 'chai';
import fc from 'fast-check';
import { junitXml } from '../../src/report/junit.ts';
import { baselineChecks, budgetCheck, budgetChecks } from './sample-checks.ts';
import { hostileText } from './sample-results.ts';

/** What another program's XML reader finds: [suite, [[classname, name, failure message or null]]]. */
function readByPython(xml: string): [string, [string, string, string | null][]][] {
  const script = `
import json, sys, xml.etree.ElementTree as tree
root = tree.fromstring(sys.stdin.buffer.read())
assert root.tag == 'testsuites'
assert int(root.get('tests')) == len(root.findall('testsuite/testcase'))
assert int(root.get('failures')) == len(root.findall('testsuite/testcase/failure'))
message = lambda case: None if case.find('failure') is None else case.find('failure').get('message')
print(json.dumps([[suite.get('name'), [[case.get('classname'), case.get('name'), message(case)] for case in suite]] for suite in root]))
`;
  return JSON.parse(execFileSync('python3', ['-c', script], { input: xml, encoding: 'utf8' })) as ReturnType<
    typeof readByPython
  >;
}

describe('report/junit', () => {
  it('is what CI systems read', () => {
    const checks = [budgetChecks[0]!, budgetChecks[1]!];
    expect(junitXml(checks)).to.equal(`\
<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="rttshark" tests="2" failures="1" errors="0" skipped="0">
  <testsuite name="rttshark.tcp_ack_rtt" tests="2" failures="1" errors="0" skipped="0">
    <testcase classname="rttshark.tcp_ack_rtt" name="src=10.0.0.2 p95 &lt;= 50 ms"/>
    <testcase classname="rttshark.tcp_ack_rtt" name="src=10.0.0.30 p95 &lt;= 50 ms">
      <failure type="budget" message="p95 is 72.1 ms &gt; 50 ms">src=10.0.0.30 p95 &lt;= 50 ms: p95 is 72.1 ms &gt; 50 ms</failure>
    </testcase>
  </testsuite>
</testsuites>
`);
  });

  it('names every kind of check, and says why it failed', () => {
    const [[, cases] = ['', []]] = readByPython(junitXml([...budgetChecks, ...baselineChecks]));
    expect(cases.map(([, name, failure]) => [name, failure])).to.deep.equal([
      ['src=10.0.0.2 p95 <= 50 ms', null],
      ['src=10.0.0.30 p95 <= 50 ms', 'p95 is 72.1 ms > 50 ms'],
      ['src=10.0.0.2 count >= 1,000', null],
      ['src=10.0.0.30 count >= 1,000', 'count is 9 < 1,000'],
      ['src=10.0.0.4 stddev <= 1 ms', 'no stddev of 1 sample'],
      ['no group p95 <= 250 µs', 'no group matches src=172.16.0.0/12'],
      ['src=10.0.0.2 p95 within 10 % of the baseline', 'p95 is 1.80 ms > 1.65 ms; +20.0 % from 1.50 ms'],
      [
        'src=10.0.0.5 has samples, as in the baseline',
        'count is 0 < 1; in the baseline, but without samples now',
      ],
      ['src=10.0.0.30 is new since the baseline', null],
      ['src=10.0.0.2 p95 within 25.5 % of the baseline', null],
      [
        'no group has a baseline to be compared with',
        'count is 0 < 1; nothing to compare with: in the baseline there are no samples',
      ],
    ]);
  });

  it('has a suite for each measurement, and is well-formed without any', () => {
    const other = { ...budgetCheck(0.001, 0.002), measurement: 'http<time>' };
    expect(
      readByPython(junitXml([budgetCheck(3, 2), other, budgetCheck(1, 2)])).map(([name, cases]) => [
        name,
        cases.length,
      ]),
    ).to.deep.equal([
      ['rttshark.tcp_ack_rtt', 2],
      ['rttshark.http<time>', 1],
    ]);
    expect(readByPython(junitXml([]))).to.deep.equal([]);
  });

  it('survives every text in a label, less what XML cannot hold', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constant(hostileText),
      fc.stringMatching(/^[<&\]>"'\r\n\t\0]*$/),
    );
    const [samples, forbidden] = [
      fc.sample(text, 300),
      /[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu,
    ];
    const checks = [hostileText, ...samples].map((src) => budgetCheck(3, 2, { src }));
    const [[, cases] = ['', []]] = readByPython(junitXml(checks));
    expect(cases.map(([, name]) => name)).to.deep.equal(
      [hostileText, ...samples].map((src) => `src=${src.replace(forbidden, '')} p95 <= 2 s`),
    );
  });
});
