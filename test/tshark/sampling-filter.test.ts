import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import * as layers from '../../fixtures/pcap/layers.ts';
import { linkType } from '../../fixtures/pcap/frame.ts';
import { pcapFile } from '../../fixtures/pcap/pcap-file.ts';
import { Random } from '../../fixtures/pcap/random.ts';
import { samplingFilter, withSampling } from '../../src/tshark/sampling-filter.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

type Wrap = (packet: layers.Pdu) => Buffer;

const macs = { src: '02:00:00:00:00:01', dst: '02:00:00:00:00:02' };
const ethernet =
  (inside: (packet: layers.Pdu) => layers.Pdu): Wrap =>
  (packet) =>
    layers.ethernet(inside(packet), macs).bytes;

/** How IP packets are carried, and whether the capture's link type is Ethernet. */
const links: Readonly<Record<string, { link: number; wrap: Wrap; ethernet: boolean }>> = {
  Ethernet: { link: linkType.ethernet, ethernet: true, wrap: ethernet((packet) => packet) },
  VLAN: { link: linkType.ethernet, ethernet: true, wrap: ethernet((packet) => layers.vlan(packet, 7)) },
  QinQ: {
    link: linkType.ethernet,
    ethernet: true,
    wrap: ethernet((packet) => layers.providerVlan(layers.vlan(packet, 7), 8)),
  },
  PPPoE: { link: linkType.ethernet, ethernet: true, wrap: ethernet((packet) => layers.pppoe(packet, 3)) },
  'PPPoE behind two tags': {
    link: linkType.ethernet,
    ethernet: true,
    wrap: ethernet((packet) => layers.providerVlan(layers.vlan(layers.pppoe(packet, 3), 7), 8)),
  },
  MPLS: { link: linkType.ethernet, ethernet: true, wrap: ethernet((packet) => layers.mpls(packet, 16)) },
  'MPLS with two labels': {
    link: linkType.ethernet,
    ethernet: true,
    wrap: ethernet((packet) => layers.mpls(layers.mpls(packet, 16), 17)),
  },
  'raw IP': { link: linkType.rawIp, ethernet: false, wrap: (packet) => packet.bytes },
  'Linux cooked': {
    link: linkType.linuxCooked,
    ethernet: false,
    wrap: (packet) => layers.linuxCooked(packet, { mac: macs.src, outgoing: false }),
  },
  'BSD loopback': { link: linkType.bsdNull, ethernet: false, wrap: layers.bsdNull },
};

const flowCount = 1200;

/** Flows with even client ports, as Linux has them, both directions of each; the flow's number is in the TCP window. */
function packetsOf(version: 4 | 6): layers.Pdu[] {
  const random = new Random(version);
  const host = (number: number) =>
    version === 4 ? `10.0.${number >> 8}.${number & 255}` : `2001:db8::${number.toString(16)}`;
  return Array.from({ length: flowCount }, (_, flow) => {
    const client = { address: host(random.integer(1, 40)), port: 32_768 + 2 * random.integer(0, 14_000) };
    const server = { address: host(random.integer(256, 260)), port: random.chance(0.5) ? 443 : 80 };
    return [[client, server] as const, [server, client] as const].map(([from, to]) => {
      const addresses = { src: from.address, dst: to.address };
      const fields = { srcPort: from.port, dstPort: to.port, seq: 1, ack: 1, flags: 16, window: flow };
      return layers.ip(layers.tcp(layers.data('x'), fields, addresses), addresses);
    });
  }).flat();
}

describe('the filter that samples flows', function () {
  this.timeout(20_000);
  const file = temporaryFolder();

  function write(name: string, packets: readonly Buffer[], link: number): string {
    mkdirSync(file('.'), { recursive: true });
    const path = file(name);
    const frames = packets.map((bytes, at) => ({ timeNs: BigInt(at) * 1000n, bytes }));
    writeFileSync(path, pcapFile(frames, { linkType: link }));
    return path;
  }

  /** The numbers of the packets that a filter passes, from 0. */
  function passed(path: string, filter: string): number[] {
    const args = ['-r', path, '-n', '-tt', '-q', '--', filter];
    const output = execFileSync('tcpdump', args, { stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 1e8 });
    return Array.from(
      output.toString().matchAll(/^0?\.?(\d+)\.(\d{6}) /gm),
      ([, seconds, micros]) => Number(seconds) * 1e6 + Number(micros),
    );
  }

  for (const [name, { link, wrap, ethernet: isEthernet }] of Object.entries(links)) {
    for (const version of [4, 6] as const) {
      it(`takes whole flows, evenly, over ${name} with IPv${version}`, () => {
        const path = write(`${name} ${version}.pcap`, packetsOf(version).map(wrap), link);
        const share = { numerator: 1, denominator: 4 };
        const shares = [0, 1, 2, 3].map((first) =>
          passed(path, samplingFilter(share, { ethernet: isEthernet, first })),
        );
        for (const packets of shares) {
          const flows = new Set(packets.map((packet) => packet >> 1));
          expect(packets.length, 'both directions').to.equal(2 * flows.size);
          expect(flows.size / flowCount).to.be.within(0.2, 0.3);
        }
        const all = shares.flat().sort((a, b) => a - b);
        expect(all).to.deep.equal(Array.from({ length: 2 * flowCount }, (_, at) => at));
        const half = passed(path, samplingFilter({ numerator: 1, denominator: 2 }, { ethernet: isEthernet }));
        expect(half).to.include.members(shares[0] ?? []);
      });
    }
  }

  it('takes small shares as exactly', () => {
    const path = write('small.pcap', packetsOf(4).map(links['Ethernet']!.wrap), linkType.ethernet);
    const packets = passed(path, samplingFilter({ numerator: 1, denominator: 32 }, { ethernet: true }));
    expect(packets.length / (2 * flowCount)).to.be.within(0.015, 0.05);
  });

  it('decides UDP by addresses, and passes fragments of TCP, TCP behind headers, and what is no IP', () => {
    const addresses = { src: '10.0.0.1', dst: '10.0.0.2' };
    const tcp = layers.tcp(
      layers.data('x'.repeat(64)),
      { srcPort: 2, dstPort: 3, seq: 1, ack: 1, flags: 16 },
      addresses,
    );
    const six = { src: '2001:db8::1', dst: '2001:db8::2' };
    const always = [
      ...layers.ipv4Fragments(tcp, addresses, 24),
      layers.ipv6(layers.ipv6Options(tcp, 'hop-by-hop'), six),
      layers.ipv6(layers.ipv6Options(tcp, 'destination-options'), six),
      layers.arpRequest({
        mac: macs.src,
        sender: Buffer.from([10, 0, 0, 1]),
        target: Buffer.from([10, 0, 0, 2]),
      }),
    ];
    const udp = Array.from({ length: 50 }, (_, port) =>
      layers.ip(layers.udp(layers.data('x'), { srcPort: port + 1, dstPort: 4789 }, addresses), addresses),
    );
    const path = write('others.pcap', [...always, ...udp].map(links['Ethernet']!.wrap), linkType.ethernet);
    const counts = [0, 1, 2, 3].map((first) => {
      const packets = passed(
        path,
        samplingFilter({ numerator: 1, denominator: 4 }, { ethernet: true, first }),
      );
      expect(packets).to.include.members(always.map((_, at) => at));
      return packets.length - always.length;
    });
    expect(counts.sort((a, b) => a - b)).to.deep.equal([0, 0, 0, 50]);
  });

  it("goes together with the user's filter, the loopback being Ethernet and any not", () => {
    const share = { numerator: 1, denominator: 8 };
    const own = samplingFilter(share, { ethernet: true });
    expect(withSampling({ interface: 'lo', filter: 'port 80 or port 81' }, share).filter).to.equal(
      `(${own}) and (port 80 or port 81)`,
    );
    expect(withSampling({ interface: 'any' }, share).filter).to.equal(
      samplingFilter(share, { ethernet: false }),
    );
    expect(withSampling({ interface: 'lo' }, { numerator: 3, denominator: 3 })).to.deep.equal({
      interface: 'lo',
    });
    expect(withSampling({ interface: 'lo' }, undefined)).to.deep.equal({ interface: 'lo' });
  });
});
