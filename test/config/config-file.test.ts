import { expect } from 'chai';
import fc from 'fast-check';
import { knownOptions } from '../../src/cli/known-options.ts';
import { parseConfigFile } from '../../src/config/config-file.ts';
import { RttsharkError } from '../../src/errors.ts';

function parse(text: string, trusted = true) {
  return parseConfigFile({ path: 'conf/rttshark.yaml', text, trusted }, knownOptions);
}

/** Settings of the top, by name. */
function values(text: string): Record<string, unknown> {
  const { common, mistakes } = parse(text);
  expect(mistakes.map(({ message }) => message)).to.deep.equal([]);
  return Object.fromEntries([...common.values()].map(({ name, value }) => [name, value]));
}

describe('parseConfigFile', () => {
  for (const text of ['', '\n', '# nothing', '---', '{}', 'live:', 'live: {}']) {
    it(`takes ${JSON.stringify(text)} for nothing said`, () => {
      expect(values(text)).to.deep.equal({});
    });
  }

  for (const [text, option, value] of [
    ['by: src', 'by', 'src'],
    ['by: [src, dst]', 'by', 'src,dst'],
    ['top: 20', 'top', '20'],
    ['top: "20"', 'top', '20'],
    ['buckets: [1ms, 0.5, 1e1]', 'buckets', '1ms,0.5,1e1'],
    ['buckets: 0.5', 'buckets', '0.5'],
    ['prefix: [24, 64]', 'prefix', '24,64'],
    ['label-names: {src: a, dst: b}', 'label-names', 'src=a,dst=b'],
    ['ring: {filesize: 1MB, files: 3}', 'ring', 'filesize:1MB,files:3'],
    ['interface: eth0', 'interface', ['eth0']],
    ['interface: [eth0, 3]', 'interface', ['eth0', '3']],
    ['grouping: {site: a, rack: 1}', 'grouping', ['site=a', 'rack=1']],
    ['grouping: [site=a, "rack="]', 'grouping', ['site=a', 'rack=']],
    ['max: {p95: 50ms}', 'max', ['p95=50ms']],
    [
      'preference: {tcp.relative_sequence_numbers: "FALSE"}',
      'preference',
      ['tcp.relative_sequence_numbers:FALSE'],
    ],
    ['swap: true', 'swap', true],
    ['own-metrics: false', 'own-metrics', false],
    ['format: csv', 'format', 'csv'],
    ['metric-help: "true"', 'metric-help', 'true'],
    ['metric-help: yes', 'metric-help', 'yes'],
    ['listen: true', 'listen', ''],
    ['listen: 127.0.0.1:1', 'listen', '127.0.0.1:1'],
    ['instance: false', 'instance', false],
    ['instance: "false"', 'instance', 'false'],
    ['push: gateway:9091', 'push', 'gateway:9091'],
    ['tls-ca: ca.pem', 'tls-ca', 'conf/ca.pem'],
    ['tls-ca: ../ca.pem', 'tls-ca', 'ca.pem'],
    ['tls-ca: /etc/ca.pem', 'tls-ca', '/etc/ca.pem'],
    ['tshark: tshark-4.4', 'tshark', 'tshark-4.4'],
    ['tshark: ./tshark', 'tshark', 'conf/tshark'],
  ] as const) {
    it(`takes ${text}`, () => {
      expect(values(text)).to.deep.equal({ [option]: value });
    });
  }

  it('takes ~/ for the home', () => {
    expect(values('tls-ca: ~/ca.pem')['tls-ca']).to.match(/^\/.*\/ca\.pem$/);
  });

  it('knows the line of each setting, and the section', () => {
    const { common, sections } = parse('\nby: src\nlive:\n  by: dst\n\n  format: json\n');
    expect(common.get('by')?.origin).to.deep.equal({ from: 'file', file: 'conf/rttshark.yaml', line: 2 });
    const lines = [...(sections.get('live')?.values() ?? [])].map(({ name, origin }) => [name, origin]);
    expect(lines).to.deep.equal([
      ['by', { from: 'file', file: 'conf/rttshark.yaml', line: 4 }],
      ['format', { from: 'file', file: 'conf/rttshark.yaml', line: 6 }],
    ]);
  });

  for (const [text, place, what, hint = ''] of [
    ['pussh: x', '1, column 1', '"pussh" is no option.', 'Did you mean "push"?'],
    ['lives: {}', '1, column 1', '"lives" is no option.', 'Did you mean "live"?'],
    ['a: 1\nlive: {}', '1, column 1', '"a" is no option.'],
    ['live:\n  max: x', '2, column 3', '"max" is no option of the command "live".', '"max-groups"'],
    ['live: [a]', '1, column 7', 'options of the command "live" are expected.'],
    ['swap: maybe', '1, column 7', '"swap" is true or false.'],
    ['swap: 1', '1, column 7', '"swap" is true or false.'],
    ['no-own-metrics: true', '1, column 1', '"no-own-metrics" is no option.', 'own-metrics: false'],
    ['format: xml', '1, column 9', '"xml" is no value for "format".', '"table", "json"'],
    ['format: jsonn', '1, column 9', '"jsonn" is no value', 'Did you mean "json"?'],
    ['check: {format: csv}', '1, column 17', '"csv" is no value', '"table", "json"'],
    ['by:', '1, column 4', '"by" has no value.'],
    ['by: []', '1, column 5', 'the list of "by" is empty.'],
    ['top: [1]', '1, column 6', '"top" takes one value, not a list.'],
    ['top: {a: 1}', '1, column 6', '"top" is no mapping, but a value.'],
    ['top: true', '1, column 6', '"top" takes a value, not true.', 'Quote it'],
    ['interface: [[eth0]]', '1, column 12', 'the items of "interface" are texts or numbers.'],
    ['interface: {eth0: 1}', '1, column 12', '"interface" is no mapping'],
    ['grouping: {site: [a]}', '1, column 11', 'the values of "grouping" are texts or numbers.'],
    ['by: &a src\nfor: *a', '2, column 6', 'an alias (*) has no place here'],
    ['by: src\nby: dst', '2, column 1', 'the key stands here for the second time.'],
    ['- by', '1, column 1', '"option: value" lines are expected.'],
    ['by', '1, column 1', '"option: value" lines are expected.'],
    ['{[a]: 1}', '1, column 1', 'the name of an option is expected.'],
    ['config: x', '1, column 1', '"config" is no option.'],
  ] as const) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      const [error, ...others] = parse(text).mistakes;
      expect(others.map(({ message }) => message)).to.deep.equal([]);
      expect(error?.code).to.equal('usage');
      expect(error?.message).to.contain(
        `The configuration file "conf/rttshark.yaml", line ${place}: ${what}`,
      );
      expect(error?.hint ?? '').to.contain(hint);
    });
  }

  for (const [key, instead] of [
    ['password', '"password-file", or set the variable RTTSHARK_PASSWORD'],
    ['bearer-token', '"bearer-token-file", or set the variable RTTSHARK_BEARER_TOKEN'],
    ['tls-key-passphrase', 'RTTSHARK_TLS_KEY_PASSPHRASE'],
  ] as const) {
    it(`refuses a ${key}, and does not repeat it`, () => {
      for (const text of [`${key}: hunter2`, `live: { ${key}: hunter2 }`]) {
        const [error] = parse(text).mistakes;
        expect(error?.message).to.contain(`"${key}" is a secret`).and.not.contain('hunter2');
        expect(error?.hint).to.contain(instead);
      }
    });
  }

  it('refuses an address with credentials, and does not repeat them', () => {
    for (const url of ['http://probe:hunter2@gateway', 'probe:hunter2@gateway:9091']) {
      const [error] = parse(`push: ${url}`).mistakes;
      expect(error?.message).to.contain('the address "push" holds an "@"').and.not.contain('hunter2');
    }
  });

  it('lets a file that was only come across say nothing of programs', () => {
    for (const text of ['tshark: ./tshark', 'live:\n  ssh-option: {ProxyCommand: id}']) {
      expect(parse(text, true).mistakes).to.deep.equal([]);
      const [error] = parse(text, false).mistakes;
      expect(error?.message).to.contain('says which programs run');
    }
    expect(parse('by: src', false).mistakes).to.deep.equal([]);
  });

  it('finds all that is wrong, in the order of the file', () => {
    const { mistakes } = parse('a: 1\nlive:\n  b: 2\n  swap: 3\nformat: c\n');
    const lines = mistakes.map(({ message }) => /line (\d+)/.exec(message)?.[1]);
    expect(lines).to.deep.equal(['1', '3', '4', '5']);
  });

  it('never fails but with a line and a column, whatever the file holds', () => {
    const words = fc.constantFrom(
      'by',
      'live',
      'push',
      'swap',
      ': ',
      '- ',
      '\n',
      '  ',
      '{',
      '}',
      '[',
      ']',
      '*a',
      '&a ',
    );
    const texts = fc.array(fc.oneof(words, fc.string({ maxLength: 5 }))).map((parts) => parts.join(''));
    fc.assert(
      fc.property(texts, (text) => {
        for (const error of parse(text).mistakes) {
          expect(error).to.be.instanceOf(RttsharkError);
          expect(error.message).to.match(
            /^The configuration file "conf\/rttshark.yaml", line \d+, column \d+: /,
          );
        }
      }),
      { numRuns: 200 },
    );
  });
});
