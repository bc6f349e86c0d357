import { expect } from 'chai';
import { knownOptions } from '../../src/cli/known-options.ts';
import { parseConfigFile } from '../../src/config/config-file.ts';

const parse = (text: string) => parseConfigFile({ path: 'c.yaml', text, trusted: true }, knownOptions);

describe('the measurements of a configuration file', () => {
  it('are those that are declared', () => {
    const { measurements, mistakes } = parse(`measurements:
  - name: dns_slow
    field: dns.time
    filter: dns.flags.rcode == 0
    labels: { name: dns.qry.name, site: { constant: berlin } }
    buckets: [1ms, 0.01]
  - { name: login, field: ldap.time, unit: s, once_per_connection: true }
`);
    expect(mistakes).to.deep.equal([]);
    expect(measurements).to.have.length(2);
    expect(measurements[0]).to.deep.include({
      name: 'dns_slow',
      field: 'dns.time',
      filter: 'dns.flags.rcode == 0',
      buckets: [0.001, 0.01],
    });
    expect(measurements[1]).to.deep.include({ name: 'login', oncePerConnection: true });
  });

  for (const text of ['measurements:', 'measurements: []']) {
    it(`are none for ${text}`, () => {
      expect(parse(text)).to.deep.include({ measurements: [], mistakes: [] });
    });
  }

  for (const [text, place, said, hint = ''] of [
    ['measurements: dns', 'line 1, column 15', 'a list of measurements is expected'],
    ['measurements:\n  - dns', 'line 2, column 5', 'is not a map'],
    ['measurements:\n  - field: dns.time', 'line 2, column 5', '"name" is missing'],
    [
      'measurements:\n  - name: a\n    fields: dns.time',
      'line 3, column 5',
      '"fields" is not known',
      '"field"',
    ],
    ['measurements:\n  - name: a\n    field: dns.time\n    unit: h', 'line 4, column 5', 'is "h"'],
    [
      'measurements:\n  - name: a\n    field: dns.time\n    labels:\n      b: 3',
      'line 5, column 7',
      '"labels.b" is neither',
    ],
    [
      'measurements:\n  - name: a\n    field: dns.time\n    buckets:\n      - 1ms\n      - 1us',
      'line 6, column 9',
      'is not larger',
    ],
    [
      'measurements:\n  - {name: a, field: dns.time}\n  - {field: dns.time, name: a}',
      'line 3, column 23',
      '"a" is declared twice',
    ],
  ] as const) {
    it(`are refused at ${place}: ${said}`, () => {
      const [error, ...others] = parse(text).mistakes;
      expect(others).to.deep.equal([]);
      expect(error?.message).to.contain(`"c.yaml", ${place}: `).and.contain(said);
      expect(error?.hint ?? '').to.contain(hint);
    });
  }
});
