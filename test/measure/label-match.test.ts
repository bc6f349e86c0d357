import { expect } from 'chai';
import fc from 'fast-check';
import { RttsharkError } from '../../src/errors.ts';
import { matchesLabels, parseLabelMatch } from '../../src/measure/label-match.ts';

describe('measure/label-match', () => {
  const cases: [matcher: string, value: string, matches: boolean][] = [
    ['src=10.0.0.0/8', '10.200.3.4', true],
    ['src=10.0.0.0/8', '11.0.0.1', false],
    ['src=10.1.2.3/8', '10.200.3.4', true],
    ['src=10.0.0.1/32', '10.0.0.1', true],
    ['src=10.0.0.1/32', '10.0.0.2', false],
    ['src=0.0.0.0/0', '203.0.113.9', true],
    ['src=0.0.0.0/0', '2001:db8::1', false],
    ['src=::/0', '10.0.0.1', false],
    ['src=2001:db8::/32', '2001:0db8:0:0::1', true],
    ['src=2001:db8::/32', '2001:db9::1', false],
    ['src=FE80::/10', 'fe80::1', true],
    ['src=2001:db8::1', '2001:DB8:0:0:0:0:0:1', true],
    ['src=2001:db8:0::1', '2001:db8::2', false],
    ['src=::ffff:10.0.0.1', '::ffff:a00:1', true],
    ['src=::10.0.0.1', '::a00:1', true],
    ['src=::/96', '::10.0.0.1', true],
    ['src=fe80::1%eth0.1', 'fe80::1%eth0.1', true],
    ['src=10.0.0.1', '10.0.0.1', true],
    ['src=10.0.0.1', '10.0.0.10', false],
    ['src=10.0.0.0/8', 'not an address', false],
    ['src=10.0.0.0/8', '', false],
    ['src=80', '80', true],
    ['src=80', '0.0.0.80', false],
    ['src=', '', true],
    ['src=', 'x', false],
    ['src=a=b', 'a=b', true],
    ['src=eth0/1', 'eth0/1', true],
    ['src=eth0', 'ETH0', false],
  ];
  for (const [matcher, value, matches] of cases) {
    it(`${matcher} ${matches ? 'matches' : 'does not match'} "${value}"`, () => {
      expect(matchesLabels([parseLabelMatch(matcher)], { src: value })).to.equal(matches);
    });
  }

  it('asks for all matchers to hold, and for none where there is none', () => {
    const matchers = [parseLabelMatch('src=10.0.0.0/8'), parseLabelMatch('dst=a')];
    expect(matchesLabels(matchers, { src: '10.0.0.1', dst: 'a' })).to.equal(true);
    expect(matchesLabels(matchers, { src: '10.0.0.1', dst: 'b' })).to.equal(false);
    expect(matchesLabels(matchers, { src: '11.0.0.1', dst: 'a' })).to.equal(false);
    expect(matchesLabels([], {})).to.equal(true);
  });

  it('matches an IPv4 network by its leading bits', () => {
    const octet = fc.nat(255);
    const address = fc.tuple(octet, octet, octet, octet);
    const asNumber = (octets: number[]) => octets.reduce((sum, part) => sum * 256 + part, 0);
    fc.assert(
      fc.property(address, address, fc.nat(32), (one, other, bits) => {
        const size = 2 ** (32 - bits);
        const same = Math.floor(asNumber(one) / size) === Math.floor(asNumber(other) / size);
        const matcher = parseLabelMatch(`src=${one.join('.')}/${bits}`);
        expect(matcher.matchesValue(other.join('.'))).to.equal(same);
      }),
    );
  });

  for (const text of ['', 'src', '=10.0.0.0/8', '10.0.0.0/8']) {
    it(`refuses "${text}", which names no label`, () => {
      expect(() => parseLabelMatch(text))
        .to.throw(RttsharkError, `"${text}"`)
        .with.property('code', 'usage');
    });
  }

  for (const network of ['10.0.0.0/33', '10.0.0/8', '10.0.0.256/8', '2001:db8::/129', '2001:db8:::/32']) {
    it(`refuses the network ${network}`, () => {
      expect(() => parseLabelMatch(`src=${network}`))
        .to.throw(RttsharkError, `"${network}" in "src=${network}" is not a network`)
        .with.property('code', 'usage');
    });
  }

  it('says which labels there are, where one is wrong, even if another matcher fails before it', () => {
    const matchers = [parseLabelMatch('dst=nobody'), parseLabelMatch('srcc=10.0.0.1')];
    expect(() => matchesLabels(matchers, { src: 'a', dst: 'b' }))
      .to.throw(RttsharkError, 'no label "srcc" (in "srcc=10.0.0.1")')
      .that.includes({ code: 'usage', hint: 'Did you mean src? The labels are: src, dst.' });
    expect(() => matchesLabels([parseLabelMatch('constructor=1')], {}))
      .to.throw(RttsharkError)
      .with.property('hint', 'The groups have no labels.');
  });
});
