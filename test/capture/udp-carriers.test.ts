import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { execa } from 'execa';
import { linkType, type Frame } from '../../fixtures/pcap/frame.ts';
import { ip } from '../../fixtures/pcap/ip-layers.ts';
import { ethernet } from '../../fixtures/pcap/link-layers.ts';
import { pcapFile } from '../../fixtures/pcap/pcap-file.ts';
import { data } from '../../fixtures/pcap/pdu.ts';
import { Random } from '../../fixtures/pcap/random.ts';
import { macsOf } from '../../fixtures/pcap/tcp-segment.ts';
import { udp } from '../../fixtures/pcap/transport-layers.ts';
import { datagramGuessers, datagramPorts, mayCarry } from '../../src/capture/udp-carriers.ts';
import { findTshark } from '../../src/tshark/find-tools.ts';
import { configEnvironment, planDrive } from '../../src/tshark/profile.ts';
import { carriersAbove } from './carriers-above.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

interface Datagram {
  readonly src: string;
  readonly dst: string;
  readonly srcPort: number;
  readonly dstPort: number;
  readonly payload: Buffer;
}

describe('telling which datagrams may hold TCP', () => {
  const file = temporaryFolder();

  /** What tshark under the lean profile sees in each, all in one capture. */
  async function layersOf(datagrams: readonly Datagram[]): Promise<string[]> {
    const frames = datagrams.map((datagram, i): Frame => {
      const { payload, srcPort, dstPort, ...ends } = datagram;
      const packet = ip(udp(data(payload), { srcPort, dstPort }, ends), {
        ...ends,
        identification: 1,
        dontFragment: true,
      });
      return { timeNs: BigInt(i), bytes: ethernet(packet, macsOf('client')).bytes };
    });
    const capture = file('datagrams.pcap');
    writeFileSync(capture, pcapFile(frames, { linkType: linkType.ethernet, nanoseconds: true }));
    const tshark = await findTshark();
    const { configFolder, isLean } = await planDrive(tshark, { fields: ['tcp.len'] });
    expect(isLean).to.equal(true);
    const { stdout } = await execa(
      tshark.path,
      ['-n', '-r', capture, '-T', 'fields', '-e', 'frame.protocols'],
      { stdin: 'ignore', env: configEnvironment(configFolder)! },
    );
    const layers = stdout.split('\n');
    expect(layers.length).to.equal(datagrams.length);
    return layers;
  }

  it('knows all that the installed tshark looks for packets in', async () => {
    const { onPorts, guessing } = await carriersAbove('udp');
    expect(onPorts.length).to.be.greaterThan(30);
    for (const { port, name } of onPorts)
      expect(datagramPorts.has(Number(port)), `${name} ${port}`).to.equal(true);
    const atWork = guessing.filter(({ isOn }) => isOn);
    expect(atWork.length).to.be.greaterThan(5);
    for (const { name } of atWork) expect(datagramGuessers.has(name), name).to.equal(true);
  });

  it('leaves datagrams that tshark guesses to hold packets', async () => {
    const random = new Random(7);
    const payloads = Array.from({ length: 4000 }, (_, i) => nearlyGuessed(random, i % kindsOfPayload));
    const layers = await layersOf(
      payloads.map((payload, i) => ({
        src: '10.0.0.1',
        dst: `10.1.${i >> 8}.${i & 255}`,
        srcPort: 40_000,
        dstPort: 50_000,
        payload,
      })),
    );
    const seen = new Map([...datagramGuessers, 'needless'].map((name) => [name, 0]));
    payloads.forEach((payload, i) => {
      const bytes = asDatagram(40_000, 50_000, payload);
      const found = /:udp:(\w+)/.exec(layers[i]!)?.[1] ?? 'data';
      const isNeeded = mayCarry(bytes, 0, bytes.length);
      if (found !== 'data') expect(isNeeded, `${found} ${payload.toString('hex')}`).to.equal(true);
      const name = found === 'data' && !isNeeded ? 'needless' : found;
      if (seen.has(name)) seen.set(name, seen.get(name)! + 1);
    });
    for (const [name, count] of seen) expect(count, name).to.be.greaterThan(20);
  });

  it('finds that tshark remembers nothing from datagrams that it recognises by their bytes', async () => {
    const ports = { a: 40_000, b: 50_000 };
    // The latter begins as data in WireGuard would, but for the zeros that follow there.
    const junk = ['ee61626364656667', `04616263${'78'.repeat(60)}`].map((hex) => Buffer.from(hex, 'hex'));
    for (const each of junk)
      expect(mayCarry(asDatagram(ports.a, ports.b, each), 0, 8 + each.length)).to.equal(false);
    const conversations = recognised.map(({ payload }, i) => {
      const [a, b] = [`10.0.0.${i + 1}`, `10.1.0.${i + 1}`];
      const there = { src: a, dst: b, srcPort: ports.a, dstPort: ports.b };
      const back = { src: b, dst: a, srcPort: ports.b, dstPort: ports.a };
      const after = junk.flatMap((each) => [there, back].map((ends) => ({ ...ends, payload: each })));
      return [{ ...there, payload }, ...after];
    });
    const layers = await layersOf(conversations.flat());
    const seen = layers.map((line) => /:udp:(\w+)/.exec(line)?.[1]);
    recognised.forEach(({ name }, i) => {
      // That it remembers sessions of WireGuard does no harm: what they carry is encrypted.
      const last = name === 'wg' ? 'wg' : 'data';
      expect(seen.slice(i * 5, i * 5 + 5)).to.deep.equal([name, 'data', 'data', last, last]);
    });
    expect(recognised.map(({ name }) => name)).to.have.members([...datagramGuessers]);
  });

  it('leaves what is cut short, or has a wrong length', () => {
    const whole = asDatagram(40_000, 50_000, Buffer.alloc(40, 0x61));
    expect(mayCarry(whole, 0, whole.length)).to.equal(false);
    for (let end = 0; end < whole.length; end++) expect(mayCarry(whole, 0, end), `${end}`).to.equal(true);
    for (const length of [0, 7, 49, 65_535]) {
      const bytes = Buffer.from(whole);
      bytes.writeUInt16BE(length, 4);
      expect(mayCarry(bytes, 0, bytes.length), `${length}`).to.equal(true);
    }
    const padded = Buffer.concat([Buffer.alloc(34), whole, Buffer.alloc(6)]);
    expect(mayCarry(padded, 34, padded.length)).to.equal(false);
  });

  it('leaves out nearly all others', () => {
    const random = new Random(3);
    const bytesOf = (length: number) => Buffer.from(Array.from({ length }, () => random.integer(0, 255)));
    const kinds: Record<string, (payload: Buffer) => void> = {
      random: () => undefined,
      dns: (payload) => {
        payload.set(Buffer.from('01000001000000000000', 'hex'), 2);
      },
      quic: (payload) => (payload[0] = random.chance(0.2) ? 0xc3 : 0x40 | (payload[0]! & 0x3f)),
      rtp: (payload) => (payload[0] = 0x80),
    };
    for (const [name, change] of Object.entries(kinds)) {
      let needed = 0;
      for (let i = 0; i < 2000; i++) {
        const payload = bytesOf(12 + random.integer(0, 400));
        change(payload);
        const bytes = asDatagram(name === 'dns' ? 53 : 40_000, 50_000, payload);
        if (mayCarry(bytes, 0, bytes.length)) needed += 1;
      }
      expect(needed, name).to.be.lessThan(40);
    }
  });
});

function asDatagram(srcPort: number, dstPort: number, payload: Buffer): Buffer {
  const header = Buffer.alloc(8);
  header.writeUInt16BE(srcPort, 0);
  header.writeUInt16BE(dstPort, 2);
  header.writeUInt16BE(8 + payload.length, 4);
  return Buffer.concat([header, payload]);
}

const kindsOfPayload = 8;

/** A payload that one of the guessers takes for its own, or nearly so; of any bytes for the last kind. */
function nearlyGuessed(random: Random, kind: number): Buffer {
  const slip = random.chance(0.25);
  const filled = (length: number, least = 0) => {
    const bytes = Buffer.alloc(Math.max(0, length + (slip ? random.integer(-2, 2) : 0)));
    for (let i = 0; i < bytes.length; i++) bytes[i] = random.integer(least, 255);
    return bytes;
  };
  const start = (bytes: Buffer, hex: string): Buffer => {
    const begin = Buffer.from(hex, 'hex');
    if (slip && random.chance(0.5)) begin[random.integer(0, begin.length - 1)] = random.integer(0, 7);
    begin.copy(bytes);
    return bytes;
  };
  switch (kind) {
    case 0: {
      const type = random.integer(1, 4);
      const length = [148, 92, 64, 32 + random.integer(0, 200)][type - 1]!;
      return start(filled(length), `0${type}${type > 2 ? '000000' : ''}`);
    }
    case 1: {
      const bytes = start(filled(48), '0007000000000028');
      if (bytes.length >= 20) bytes.writeUInt32BE(20, 16);
      return bytes;
    }
    case 2:
      return start(filled(8 + random.integer(0, 40)), '524674610200');
    case 3: {
      const attributes = ['01', '02', '03'].map((type) => `${type}0400a1b2c3`);
      const extra = ['0401aa', '1403616263', '280461626364', '0600'];
      const order = [...attributes, ...(random.chance(0.5) ? [extra[random.integer(0, 3)]!] : [])];
      for (let i = order.length - 1; i > 0; i--) {
        const other = random.integer(0, i);
        [order[i], order[other]] = [order[other]!, order[i]!];
      }
      const bytes = Buffer.concat([
        Buffer.from(`${order.join('')}0000`, 'hex'),
        filled(random.integer(0, 30)),
      ]);
      return start(bytes, bytes.subarray(0, 4).toString('hex'));
    }
    case 4:
      return start(filled(random.integer(0, 60) + 4), '00ffabcd');
    case 5: {
      const bytes = filled(188 * random.integer(1, 3));
      for (let at = 0; at < bytes.length; at += 188) bytes[at] = 0x47;
      return bytes;
    }
    case 6: {
      const bytes = start(filled(28 + random.integer(0, 60)), '01');
      if (bytes.length >= 24) bytes.writeUInt32BE((bytes.length - 28 + (slip ? 1 : 0)) >>> 0, 20);
      return bytes;
    }
    default:
      return filled(random.integer(0, 300));
  }
}

/** For each of those that guess, what it takes for its own. */
const recognised: readonly { readonly name: string; readonly payload: Buffer }[] = [
  { name: 'e100', payload: e100(40) },
  { name: 'mp2t', payload: transportStream(2) },
  { name: 'peekremote', payload: Buffer.concat([Buffer.from('00ffabcd', 'hex'), Buffer.alloc(60)]) },
  { name: 'redbackli', payload: Buffer.from('010400a1b2c3020400a1b2c3030400a1b2c30000', 'hex') },
  { name: 'rftap', payload: Buffer.concat([Buffer.from('524674610200', 'hex'), Buffer.alloc(20)]) },
  {
    name: 'rpcap',
    payload: Buffer.concat([
      Buffer.from('00070000000000280000000000000000', 'hex'),
      Buffer.from('00000014', 'hex'),
      Buffer.alloc(28),
    ]),
  },
  { name: 'wg', payload: Buffer.concat([Buffer.from('01000000', 'hex'), Buffer.alloc(144, 0x77)]) },
];

function e100(carried: number): Buffer {
  const bytes = Buffer.alloc(28 + carried, 0x55);
  bytes[0] = 1;
  bytes.writeUInt32BE(carried, 20);
  return bytes;
}

function transportStream(packets: number): Buffer {
  const bytes = Buffer.alloc(188 * packets, 0xff);
  for (let at = 0; at < bytes.length; at += 188) bytes.set([0x47, 0x1f, 0xff, 0x10], at);
  return bytes;
}
