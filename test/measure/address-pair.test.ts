import { expect } from 'chai';
import { carryingLayer, occurrenceAt } from '../../src/measure/address-pair.ts';

describe('the IP layer that carries a TCP segment', () => {
  const cases: [protocols: string, family: 'ip' | 'ipv6', place: number, layers: number][] = [
    ['eth:ethertype:ip:tcp', 'ip', 0, 1],
    ['eth:ethertype:ipv6:tcp:http', 'ipv6', 0, 1],
    ['eth:ethertype:ipv6:ipv6.hopopts:tcp', 'ipv6', 0, 1],
    ['eth:ethertype:ip:gre:eth:ethertype:ip:tcp:http:ntlmssp', 'ip', 1, 2],
    ['eth:ethertype:ip:udp:gtp:ip:tcp', 'ip', 1, 2],
    ['eth:ethertype:ip:ipv6:tcp', 'ipv6', 0, 1],
    ['eth:ethertype:ipv6:ip:tcp', 'ip', 0, 1],
    ['eth:ethertype:ip:ipv6:ip:tcp', 'ip', 1, 2],
    ['eth:ethertype:ip:tcp:openvpn:ip:udp:dns', 'ip', 0, 2],
    ['eth:ethertype:ip:tcp:openvpn:ipv6:udp', 'ip', 0, 1],
    ['eth:ethertype:ip:tcp:openvpn:ip:tcp', 'ip', 1, 2],
    ['raw:ip:tcp', 'ip', 0, 1],
  ];
  for (const [protocols, family, place, layers] of cases) {
    it(`of ${protocols} is ${family} number ${place} of ${layers}`, () => {
      expect(carryingLayer(protocols, { ip: 0, ipv6: 0 })).to.deep.equal({ family, place, layers });
    });
  }

  for (const protocols of ['', 'eth:ethertype:arp', 'eth:llc:clnp:tcp', 'tcp', 'eth:ethertype:ip:udp:dns']) {
    it(`of "${protocols}" is none`, () => {
      expect(carryingLayer(protocols, { ip: 0, ipv6: 0 })).to.equal(null);
    });
  }

  const unnamed: [
    protocols: string,
    seen: { ip: number; ipv6: number },
    family: 'ip' | 'ipv6',
    place: number,
  ][] = [
    ['eth:ethertype:mpls:tcp', { ip: 1, ipv6: 0 }, 'ip', 0],
    ['eth:ethertype:mpls:tcp:http', { ip: 0, ipv6: 1 }, 'ipv6', 0],
    ['eth:ethertype:ip:gre:mpls:tcp', { ip: 2, ipv6: 0 }, 'ip', 1],
    ['eth:ethertype:ipv6:gre:mpls:tcp', { ip: 1, ipv6: 1 }, 'ip', 0],
  ];
  for (const [protocols, seen, family, place] of unnamed) {
    it(`of ${protocols} is ${family} number ${place}, though it is not named`, () => {
      expect(carryingLayer(protocols, seen)).to.deep.equal({ family, place, layers: seen[family] });
    });
  }

  it('of a packet whose layers are all named is not changed by MPLS', () => {
    expect(carryingLayer('eth:ethertype:mpls:ip:tcp', { ip: 1, ipv6: 0 })).to.include({
      family: 'ip',
      place: 0,
    });
    expect(carryingLayer('eth:ethertype:ip:gre:mpls:ipv6:tcp', { ip: 1, ipv6: 1 })).to.include({
      family: 'ipv6',
    });
  });

  it('gives the value at its place, the last one where the numbers differ, and none where there is none', () => {
    expect(occurrenceAt(['a', 'b'], { place: 0, layers: 2 })).to.equal('a');
    expect(occurrenceAt(['a', 'b'], { place: 1, layers: 2 })).to.equal('b');
    expect(occurrenceAt(['a', 'b', 'c'], { place: 0, layers: 2 })).to.equal('c');
    expect(occurrenceAt([], { place: 0, layers: 1 })).to.equal('');
  });
});
