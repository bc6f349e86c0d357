import { execFileSync } from 'node:child_process';
import { expect } from 'chai';
import fc from 'fast-check';
import { RttsharkError } from '../../src/errors.ts';
import { parseLabelMatch } from '../../src/measure/label-match.ts';
import { networkOf, parsePrefix } from '../../src/measure/network-prefix.ts';

describe('network prefixes', () => {
  const right: [text: string, ipv4: number, ipv6: number][] = [
    ['24,64', 24, 64],
    ['24', 24, 128],
    [' 16 , 48 ', 16, 48],
    ['0,0', 0, 0],
    ['32,128', 32, 128],
  ];
  for (const [text, ipv4, ipv6] of right) {
    it(`are read from "${text}"`, () => {
      expect(parsePrefix(text)).to.deep.equal({ ipv4, ipv6 });
    });
  }

  for (const text of [
    '',
    '33',
    '24,129',
    '24,',
    ',64',
    '24,64,8',
    '/24',
    '2.4',
    '-1',
    'a',
    '24;64',
    '1000',
  ]) {
    it(`are not read from "${text}"`, () => {
      expect(() => parsePrefix(text))
        .to.throw(RttsharkError, `"${text}"`)
        .with.property('code', 'usage');
    });
  }

  const networks: [address: string, prefix: string, network: string][] = [
    ['10.0.0.77', '24', '10.0.0.0/24'],
    ['10.129.7.8', '9', '10.128.0.0/9'],
    ['10.0.0.77', '0', '0.0.0.0/0'],
    ['10.0.0.77', '32', '10.0.0.77'],
    ['2001:db8::5:0:0:1', '24,64', '2001:db8::/64'],
    ['2001:db8:0:1:ffff::1', '24,60', '2001:db8::/60'],
    ['2001:db8:0:1:ffff::1', '24,64', '2001:db8:0:1::/64'],
    ['fe80::1', '24,0', '::/0'],
    ['fe80::1', '24', 'fe80::1'],
    ['::ffff:10.0.0.1', '24', '::ffff:10.0.0.1'],
    ['::10.0.0.1', '24,120', '::a00:0/120'],
    ['', '24,64', ''],
    ['eth0', '24,64', 'eth0'],
  ];
  for (const [address, prefix, network] of networks) {
    it(`make ${network || 'nothing'} of "${address}" with ${prefix}`, () => {
      expect(networkOf(address, parsePrefix(prefix))).to.equal(network);
    });
  }

  it('make the networks that Python makes', () => {
    const prefix = fc.record({
      ipv4: fc.integer({ min: 0, max: 31 }),
      ipv6: fc.integer({ min: 0, max: 127 }),
    });
    const cases = fc.sample(fc.tuple(fc.oneof(fc.ipV4(), fc.ipV6()), prefix), 500);
    const lines = cases.map(
      ([address, { ipv4, ipv6 }]) => `${address}/${address.includes(':') ? ipv6 : ipv4}`,
    );
    const program =
      'import ipaddress, sys\nfor line in sys.stdin: print(ipaddress.ip_network(line.strip(), False))';
    const networks = execFileSync('python3', ['-c', program], { input: lines.join('\n'), encoding: 'utf8' });
    expect(cases.map(([address, lengths]) => networkOf(address, lengths))).to.deep.equal(
      networks.trimEnd().split('\n'),
    );
  });

  it('make a network that the address is in, and that is its own network', () => {
    const prefix = fc.record({
      ipv4: fc.integer({ min: 0, max: 31 }),
      ipv6: fc.integer({ min: 0, max: 127 }),
    });
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), prefix, (address, lengths) => {
        const network = networkOf(address, lengths);
        expect(parseLabelMatch(`src=${network}`).matchesValue(address)).to.equal(true);
        const [base = ''] = network.split('/');
        expect(networkOf(base, lengths)).to.equal(network);
      }),
    );
  });
});
