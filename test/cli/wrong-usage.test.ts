import { expect } from 'chai';
import { fixture, rttshark, type CommandResult } from '../support/run-command.ts';
import { sideBySide } from '../support/side-by-side.ts';

const capture = fixture('demo.pcap');
const push = ['--push', 'http://gateway:9091'];

/** What is written behind `rttshark`, and what the message must hold. */
const wrong: readonly (readonly [words: readonly string[], ...said: string[]])[] = [
  [[], 'No command was named', 'rttshark --help'],
  [['analyse', capture], '"analyse" is no command', 'Did you mean "rttshark analyze"'],
  [['analyze'], 'No capture was named', '"-" for standard input'],
  [['analyze', '-', '-'], 'can be read only once'],
  [['analyze', '--join', '-', capture], 'cannot be joined'],
  [['analyze', capture, '--formt', 'json'], '"--formt"', 'Did you mean "--format"', 'analyze --help'],
  [['analyze', capture, '--pussh', 'x'], '"--pussh"', 'Did you mean "--push"'],
  [['check', capture, '--tolerence', '5%'], '"--tolerence"', 'Did you mean "--tolerance"', 'check --help'],
  [['analyze', capture, '-z'], '"-z" is no option'],
  [['analyze', capture, '--max', 'p95=1s'], '"--max" is no option of rttshark analyze'],
  [['analyze', capture, '--format'], '"--format" needs a value'],
  [['analyze', capture, '--by'], '"--by" needs a value'],
  [['analyze', capture, '--grouping'], '"--grouping" needs a value'],
  [['analyze', capture, '--push-method'], '"--push-method" needs a value'],
  [['analyze', capture, '-Y'], '"-Y" needs a value'],
  [['analyze', capture, '--format', 'xml'], '"xml" is no value for --format', '"prometheus"'],
  [['analyze', capture, '--format', 'csv', '--format', 'json'], '--format was given twice'],
  [['analyze', capture, '-c', '1', '-c', '2'], 'given twice'],
  [['analyze', capture, '--no-push'], '"--no-push"', 'takes a value'],
  [['analyze', capture, '--no-format'], '"--no-format"', 'takes a value'],
  [['analyze', capture, '--swap=maybe'], '"maybe"', '--no-swap'],
  [['analyze', capture, '--by', 'src,dest'], '"dest"', 'Did you mean "dst"'],
  [['analyze', capture, '--by', 'src,src'], '"src" twice'],
  [['analyze', capture, '--by', ''], 'grouped by ""'],
  [['analyze', capture, '--top', '0'], '"0" is no value for --top'],
  [['analyze', capture, '-c', '1x'], '"1x" is no value for --packet-count'],
  [['analyze', capture, '--buckets', '5ms,1ms'], 'must grow', '0.001 follows 0.005'],
  [['analyze', capture, '--buckets', '5parsecs'], '"5parsecs" is not a duration'],
  [['analyze', capture, '--buckets', ''], '"" is not a duration'],
  [['analyze', capture, '--metric-name', 'rtt-seconds'], '"rtt-seconds" is no metric name'],
  [['analyze', capture, '--label-names', 'source=Source_IP'], '"source"', 'The labels are src, dst'],
  [['analyze', capture, '--label-names', 'src=dst'], 'same name'],
  [['analyze', capture, '--label-names', 'src=9x'], '"9x" is no label name'],
  [['analyze', capture, '--label-names', 'src=le'], '"le" is reserved'],
  [['analyze', capture, '--label-names', 'src'], '"src" is no value for --label-names', 'name=value'],
  [['analyze', capture, ...push, '--grouping', 'zone'], '"zone" is no value for --grouping'],
  [['analyze', capture, ...push, '--grouping', 'a-b=c'], '"a-b"'],
  [['analyze', capture, ...push, '--grouping', 'a=b', '--grouping', 'a=c'], 'names "a" twice'],
  [['analyze', capture, ...push, '--job', ''], 'job'],
  [['analyze', capture, '--push', 'ftp://gateway'], 'has the scheme "ftp"'],
  [['analyze', capture, ...push, '--push-timeout', '0'], '"0" is not above zero'],
  [['analyze', capture, ...push, '--push-retries', 'many'], '"many" is no number of retries'],
  [['analyze', capture, ...push, '--username', 'probe'], '"probe"', 'RTTSHARK_PASSWORD'],
  [['analyze', capture, ...push, '--password-file', capture], 'no user', '--username'],
  [['analyze', capture, ...push, '--username', 'u', '--password-file', '/nope'], '"/nope" cannot be read'],
  [['analyze', capture, ...push, '--username', 'u', '--bearer-token-file', capture], 'exclude each other'],
  [['analyze', capture, ...push, '--tls-ca', '/nope.pem'], '/nope.pem'],
  [['check', capture], 'nothing to check', '--max p95=50ms'],
  [['check', capture, '--max', 'p96=1ms'], '"p96"', 'Did you mean p90 or p95'],
  [['check', capture, '--max', 'p95'], 'has no limit'],
  [['check', capture, '--min', 'count=many'], '"many" is not a number of samples'],
  [['check', capture, '--max', 'p95=1s', '--for', 'src'], '"src" does not say which groups'],
  [['check', capture, '--max', 'p95=1s', '--for', 'src=10.0.0.0/33'], '"10.0.0.0/33"', 'not a network'],
  [['check', capture, '--max', 'p95=1s', '--tolerance', '10'], '"10" is not a tolerance'],
  [['check', capture, '--update', '--max', 'p95=1s'], '--baseline FILE'],
  [['check', capture, '--baseline', '/nope.json'], '"/nope.json" cannot be read', '--update'],
  [['check', capture, '--baseline', 'package.json'], 'The baseline "package.json"', '"schema" is missing'],
  [['delete'], '"--push" is missing'],
  [['doctor', 'now'], '"now" is one word too many'],
  [['completion', 'csh'], '"csh"', 'bash, zsh, fish'],
];

describe('command: wrong usage', () => {
  let results: CommandResult[];
  before(async () => {
    results = await sideBySide(wrong, ([words]) => rttshark(words));
  });

  for (const [at, [words, ...said]] of wrong.entries()) {
    const shown = words.map((word) => (word === capture ? 'CAPTURE' : word)).join(' ');
    it(`ends with 2: rttshark ${shown}`, () => {
      const { status, stdout, stderr } = results[at]!;
      expect(status, stderr).to.equal(2);
      expect(stdout).to.equal('');
      for (const text of said) expect(stderr).to.contain(text);
      expect(stderr)
        .to.match(/^rttshark: /)
        .and.not.match(/\n +at /);
    });
  }

  for (const url of [
    'http://probe:hunter2@gateway:9091',
    'https://:hunter2@gateway',
    'probe:hunter2@gateway',
  ]) {
    it(`refuses a password in the URL ${url.replace('hunter2', '…')} and does not show it`, async () => {
      for (const words of [['analyze', capture], ['delete'], ['doctor']]) {
        const { status, stdout, stderr } = await rttshark([...words, '--push', url]);
        expect(status, stderr).to.equal(2);
        expect(`${stdout}${stderr}`).to.contain('keep them out of logs').and.not.contain('hunter2');
      }
    });
  }

  it('refuses what is read from tshark with the words of tshark', async () => {
    const unknown = await rttshark(['analyze', capture, '-o', 'no.such:1']);
    expect(unknown.status, unknown.stderr).to.equal(2);
    expect(unknown.stderr).to.contain('"no.such:1"').and.contain('unknown preference');
    const decode = await rttshark(['analyze', capture, '-d', 'nonsense']);
    expect(decode.status, decode.stderr).to.equal(2);
    expect(decode.stderr).to.contain("doesn't follow the template");
  });
});
