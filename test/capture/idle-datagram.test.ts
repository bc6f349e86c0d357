import { expect } from 'chai';
import { linkType } from '../../fixtures/pcap/frame.ts';
import * as layers from '../../fixtures/pcap/layers.ts';
import { Random } from '../../fixtures/pcap/random.ts';
import { macsOf } from '../../fixtures/pcap/tcp-segment.ts';
import { isIdleDatagram, mayNameDatagrams } from '../../src/capture/idle-datagram.ts';
import { datagramPorts } from '../../src/capture/udp-carriers.ts';

const ipv4 = { src: '10.0.0.1', dst: '10.0.0.2' };
const ipv6 = { src: '2001:db8::1', dst: '2001:db8::2' };
const families = { IPv4: ipv4, IPv6: ipv6 } as const;
const ordinary = { srcPort: 40_000, dstPort: 53 };
const sctp = 132;

type Packet = Parameters<typeof isIdleDatagram>[0];

/** A packet as it stands among others in what is walked over. */
function among(bytes: Uint8Array, type: number = linkType.ethernet): Packet {
  const around = Buffer.concat([Buffer.alloc(50, 0x11), bytes, Buffer.alloc(50, 0x11)]);
  return { bytes: around, dataAt: 50, dataEnd: 50 + bytes.length, linkType: type };
}

const onEthernet = (packet: layers.Pdu): Buffer => layers.ethernet(packet, macsOf('client')).bytes;
const isIdle = (packet: layers.Pdu): boolean => isIdleDatagram(among(onEthernet(packet)));
const isNaming = (packet: layers.Pdu): boolean => mayNameDatagrams(among(onEthernet(packet)));

function datagram(ends: layers.IpAddresses, ports: layers.Ports = ordinary, bytes = 30): layers.Pdu {
  return layers.udp(layers.data(Buffer.alloc(bytes, 0x80)), ports, ends);
}

/** The same with some bytes of the IP packet in other ways. */
function changed(packet: layers.Pdu, change: (bytes: Buffer) => void): layers.Pdu {
  const bytes = Buffer.from(packet.bytes);
  change(bytes);
  return { ...packet, bytes };
}

describe('telling which datagrams hold no TCP', () => {
  for (const [family, ends] of Object.entries(families)) {
    const plain = layers.ip(datagram(ends), ends);
    const headerBytes = plain.bytes.length - 38;

    describe(family, () => {
      it('knows a plain one, behind any number of VLAN tags', () => {
        expect(isIdle(plain)).to.equal(true);
        expect(isIdle(layers.vlan(plain, 7))).to.equal(true);
        expect(isIdle(layers.providerVlan(layers.vlan(plain, 7), 9))).to.equal(true);
        expect(isIdle(layers.ip(datagram(ends, ordinary, 0), ends))).to.equal(true);
        expect(isNaming(plain)).to.equal(false);
      });

      it('knows it in other link layers', () => {
        const fields = { mac: '02:00:00:00:00:01', outgoing: true };
        expect(isIdleDatagram(among(plain.bytes, linkType.rawIp))).to.equal(true);
        expect(isIdleDatagram(among(layers.bsdNull(plain), linkType.bsdNull))).to.equal(true);
        expect(isIdleDatagram(among(layers.linuxCooked(plain, fields), linkType.linuxCooked))).to.equal(true);
        expect(isIdleDatagram(among(plain.bytes, 147))).to.equal(false);
      });

      it('knows it where its frame is padded', () => {
        const padded = Buffer.concat([onEthernet(plain), Buffer.alloc(6)]);
        expect(isIdleDatagram(among(padded))).to.equal(true);
      });

      it('takes none for one that is cut short', () => {
        const whole = onEthernet(plain);
        for (let kept = 0; kept < whole.length; kept++)
          expect(isIdleDatagram(among(whole.subarray(0, kept))), `${kept}`).to.equal(false);
      });

      it('takes none for one whose lengths differ', () => {
        for (const length of [0, 7, 37, 39, 65_535]) {
          const wrongUdp = changed(plain, (bytes) => bytes.writeUInt16BE(length, headerBytes + 4));
          expect(isIdle(wrongUdp), `UDP ${length}`).to.equal(false);
          const wrongIp = changed(plain, (bytes) =>
            ends === ipv4
              ? bytes.writeUInt16BE(Math.min(65_535, 20 + length), 2)
              : bytes.writeUInt16BE(length, 4),
          );
          expect(isIdle(wrongIp), `IP ${length}`).to.equal(false);
        }
      });

      it('takes none for one that is on a port on which packets are carried', () => {
        for (const port of datagramPorts) {
          for (const ports of [
            { srcPort: port, dstPort: 50_000 },
            { srcPort: 50_000, dstPort: port },
          ])
            expect(isIdle(layers.ip(datagram(ends, ports), ends)), `${port}`).to.equal(false);
        }
      });

      it('takes none for one whose version is another', () => {
        for (const start of [0x05, 0x35, 0x55, 0x75, 0xf5])
          expect(isIdle(changed(plain, (bytes) => bytes.writeUInt8(start, 0))), `${start}`).to.equal(false);
      });

      it('takes no other protocol for one', () => {
        const fields = { srcPort: 40_000, dstPort: 38, seq: 1, ack: 1, flags: layers.tcpFlag.ack };
        const segment = layers.tcp(layers.data(Buffer.alloc(20)), fields, ends);
        expect(isIdle(layers.ip(segment, ends))).to.equal(false);
        expect(isIdle(layers.ip(layers.gre(plain), ends))).to.equal(false);
        expect(isIdle(layers.ip(plain, ends))).to.equal(false);
      });

      it('knows what may name the ends of others', () => {
        for (const port of [1701, 9899]) {
          const to = layers.ip(datagram(ends, { srcPort: 50_000, dstPort: port }), ends);
          const from = layers.ip(datagram(ends, { srcPort: port, dstPort: 50_000 }), ends);
          expect([isNaming(to), isNaming(from)], `${port}`).to.deep.equal([true, true]);
        }
        for (const port of [1700, 9900, 4789])
          expect(isNaming(layers.ip(datagram(ends, { srcPort: 50_000, dstPort: port }), ends))).to.equal(
            false,
          );
        const signalling = changed(plain, (bytes) => bytes.writeUInt8(sctp, ends === ipv4 ? 9 : 6));
        expect(isNaming(signalling)).to.equal(true);
        expect(isIdle(signalling)).to.equal(false);
      });
    });
  }

  it('takes none for one behind options of IPv4', () => {
    const withOptions = changed(layers.ip(datagram(ipv4), ipv4), (bytes) => bytes.writeUInt8(0x46, 0));
    expect(isIdle(withOptions)).to.equal(false);
  });

  it('takes none for one behind extension headers of IPv6', () => {
    for (const kind of ['hop-by-hop', 'destination-options'] as const) {
      const packet = layers.ip(layers.ipv6Options(datagram(ipv6), kind), ipv6);
      expect(isIdle(packet), kind).to.equal(false);
    }
  });

  it('takes no fragment for one', () => {
    const fragments = [
      ...layers.ipv4Fragments(datagram(ipv4), { ...ipv4, identification: 7 }, 24),
      ...layers.ipv6Fragments(datagram(ipv6), { ...ipv6, identification: 7 }, 24),
    ];
    expect(fragments).to.have.length(4);
    for (const fragment of fragments)
      expect([isIdle(fragment), isNaming(fragment)]).to.deep.equal([false, false]);
    // One that holds all of a datagram, or says so.
    const fields = { ...ipv4, identification: 7, moreFragments: true };
    expect(isIdle(layers.ipv4(datagram(ipv4), fields))).to.equal(false);
    expect(isIdle(layers.ipv4(datagram(ipv4), { ...ipv4, fragmentOffset: 8 }))).to.equal(false);
    expect(isIdle(layers.ipv4(datagram(ipv4), { ...ipv4, dontFragment: true }))).to.equal(true);
  });

  it('bears any bytes, and looks at none outside of the packet', () => {
    const random = new Random(5);
    const types = [0, 1, 101, 108, 113, 147, 228, 229, 276];
    let found = 0;
    for (let i = 0; i < 20_000; i++) {
      const family = random.chance(0.5) ? ipv4 : ipv6;
      const packet = layers.ip(datagram(family, ordinary, random.integer(0, 20)), family);
      const [type, start] = random.chance(0.5)
        ? [linkType.ethernet, onEthernet(packet)]
        : [types[random.integer(0, types.length - 1)]!, Buffer.from(packet.bytes)];
      const bytes = Buffer.from(start.subarray(0, random.integer(0, start.length * 3)));
      const slips = random.chance(0.2) ? bytes.length : random.integer(0, 2);
      for (let slip = 0; slip < slips && bytes.length > 0; slip++)
        bytes[random.integer(0, bytes.length - 1)] = random.integer(0, 255);
      const inside = among(bytes, type);
      const alone = { bytes, dataAt: 0, dataEnd: bytes.length, linkType: type };
      const isOne = isIdleDatagram(inside);
      if (isOne) found += 1;
      expect(isIdleDatagram(alone), bytes.toString('hex')).to.equal(isOne);
      expect(mayNameDatagrams(alone), bytes.toString('hex')).to.equal(mayNameDatagrams(inside));
    }
    expect(found).to.be.within(1000, 19_000);
  });
});
