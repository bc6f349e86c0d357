import { readFileSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { expect } from 'chai';
import { linkType, type Frame } from '../../fixtures/pcap/frame.ts';
import { ip } from '../../fixtures/pcap/ip-layers.ts';
import { ethernet } from '../../fixtures/pcap/link-layers.ts';
import { pcapFile } from '../../fixtures/pcap/pcap-file.ts';
import { data } from '../../fixtures/pcap/pdu.ts';
import { Random } from '../../fixtures/pcap/random.ts';
import { macsOf } from '../../fixtures/pcap/tcp-segment.ts';
import { tcp, tcpFlag } from '../../fixtures/pcap/transport-layers.ts';
import { carrierGuessers, carrierPorts, PayloadWatch } from '../../src/capture/payload-watch.ts';
import { ShardFeed } from '../../src/capture/shard-feed.ts';
import { findTshark } from '../../src/tshark/find-tools.ts';
import { runTool } from '../../src/tshark/run-tool.ts';
import { carriersAbove } from './carriers-above.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { fixture } from './fixtures.ts';

/** Writes what one shard that has all flows is given. */
async function writeRecords(capture: string, to: string): Promise<void> {
  const file = await open(to, 'w');
  const share = { kind: 'flows', index: 0, count: 1, isNoted: true, isHeaders: true } as const;
  const feed = new ShardFeed(capture, share, { onNumbers: () => undefined });
  try {
    await feed.feed({ write: (bytes) => file.writeFile(bytes) });
  } finally {
    feed.close();
    await file.close();
  }
}

async function printed(capture: string, fields: readonly string[], filter: string): Promise<string> {
  const { path } = await findTshark();
  const asked = fields.flatMap((field) => ['-e', field]);
  const { stdout } = await runTool(path, ['-n', '-r', capture, '-Y', filter, '-T', 'fields', ...asked]);
  return stdout;
}

describe('giving a shard headers only', () => {
  const file = temporaryFolder();

  for (const name of ['demo.pcap', 'qinq.pcap', 'ipv6-extension-headers.pcap', 'linux-cooked-v2.pcap'])
    it(`changes nothing that tshark finds out of the connections of ${name}`, async () => {
      const records = file(`${name}.records`);
      await writeRecords(fixture(name), records);
      const fields = [
        'tcp.analysis.ack_rtt',
        'tcp.len',
        'tcp.seq',
        'tcp.analysis.flags',
        'ip.src',
        'ipv6.src',
      ];
      const before = await printed(fixture(name), fields, 'tcp');
      expect(before).to.match(/^0\.\d/m);
      expect(await printed(records, fields, 'tcp')).to.equal(before);
      expect(await printed(records, ['frame.number'], 'eth or tcp.payload')).to.equal('');
      expect(readFileSync(records).length).to.be.lessThan(readFileSync(fixture(name)).length);
    });

  for (const seed of [1, 2, 3, 4])
    it(`changes nothing of segments that are odd in every way (${seed})`, async () => {
      const [whole, records] = [file(`odd-${seed}.pcap`), file(`odd-${seed}.records`)];
      const random = new Random(seed);
      const frames = Array.from({ length: 3000 }, (_, i) => oddSegment(random, i));
      writeFileSync(whole, pcapFile(frames, { linkType: linkType.ethernet, nanoseconds: true }));
      await writeRecords(whole, records);
      const fields = ['frame.number', 'tcp.analysis.ack_rtt', 'tcp.analysis.flags', 'ip.src', 'tcp.srcport'];
      const before = await printed(whole, fields, 'tcp.analysis.ack_rtt or tcp.analysis.flags');
      expect(before.split('\n').length).to.be.greaterThan(500);
      expect(await printed(records, fields, 'tcp.analysis.ack_rtt or tcp.analysis.flags')).to.equal(before);
    });

  it('knows all that the installed tshark looks for packets in', async () => {
    const { onPorts, guessing } = await carriersAbove('tcp');
    expect(onPorts.length).to.be.greaterThan(10);
    for (const { port, name } of onPorts)
      expect(carrierPorts.has(Number(port)), `${name} ${port}`).to.equal(true);
    expect(guessing.length).to.be.greaterThan(2);
    for (const { name } of guessing) expect(carrierGuessers.has(name), name).to.equal(true);
  });

  it('leaves payloads that tshark guesses to hold packets', async () => {
    const random = new Random(11);
    const payloads = Array.from({ length: 1500 }, () => nearlyGuessed(random));
    // Newer tsharks look into payloads from the beginning of a connection on.
    const frames = payloads.flatMap((payload, i): Frame[] => {
      const ends = { src: '10.0.0.1', dst: `10.1.${i >> 8}.${i & 255}` };
      const frame = (seq: number, flags: number, bytes: Buffer): Frame => {
        const header = { srcPort: 40_000, dstPort: 50_000, seq, ack: 1, flags, window: 9000 };
        const segment = tcp(data(bytes), { ...header, options: Buffer.alloc(0) }, ends);
        const packet = ip(segment, { ...ends, identification: 1, dontFragment: true });
        return { timeNs: BigInt(2 * i), bytes: ethernet(packet, macsOf('client')).bytes };
      };
      return [frame(0, tcpFlag.syn, Buffer.alloc(0)), frame(1, tcpFlag.ack, payload)];
    });
    const capture = file('guessed.pcap');
    writeFileSync(capture, pcapFile(frames, { linkType: linkType.ethernet, nanoseconds: true }));
    const layers = (await printed(capture, ['frame.protocols'], 'tcp.len > 0')).trimEnd().split('\n');
    const seen = { rpcap: 0, tcpencap: 0, needless: 0 };
    payloads.forEach((payload, i) => {
      const bytes = Buffer.concat([Buffer.from([0x9c, 0x40, 0xc3, 0x50]), payload]);
      const place = { from: 4, captured: bytes.length, reported: bytes.length };
      const isNeeded = new PayloadWatch().isNeeded(bytes, 1, 0, place);
      const found = /:(rpcap|tcpencap)(?::|$)/.exec(layers[i]!)?.[1] as 'rpcap' | 'tcpencap' | undefined;
      if (found !== undefined) {
        seen[found] += 1;
        expect(isNeeded, payload.toString('hex')).to.equal(true);
      } else if (!isNeeded) seen.needless += 1;
    });
    for (const count of Object.values(seen)) expect(count).to.be.greaterThan(50);
  });

  it('leaves the payloads of a connection in which there was one', () => {
    const watch = new PayloadWatch();
    const [rpcap, other] = ['9c40c350', '9c40c350'].map((ports, i) =>
      Buffer.from(ports + (i === 0 ? '0002000000000000' : 'ffffffffffffffff'), 'hex'),
    );
    const place = { from: 4, captured: 12, reported: 12 };
    expect(watch.isNeeded(other!, 5, 0, place)).to.equal(false);
    expect(watch.isNeeded(rpcap!, 5, 0, place)).to.equal(true);
    expect(watch.isNeeded(other!, 5, 0, place)).to.equal(true);
    expect(watch.isNeeded(other!, 6, 0, place)).to.equal(false);
  });
});

/** A payload that one of the guessers takes for its own, or nearly so. */
function nearlyGuessed(random: Random): Buffer {
  const payload = Buffer.alloc(24 + random.integer(0, 39));
  for (let i = 0; i < payload.length; i++) payload[i] = 0x60 + random.integer(0, 7);
  if (random.integer(0, 1) === 0) {
    payload.writeUInt32BE(
      random.integer(0, 2) === 0 ? random.integer(0, 255) << 16 : (random.integer(0, 12) + 1) << 16,
      0,
    );
    if (random.integer(0, 1) === 0) payload[1] = payload[1]! | 0x80;
    if (random.integer(0, 3) === 0) payload.writeUInt16BE(random.integer(0, 2), 2);
    payload.writeUInt32BE(random.integer(0, 1) === 0 ? payload.length - 8 : 0, 4);
    return random.integer(0, 1) === 0 ? payload : payload.subarray(0, 8);
  }
  const trailer = payload.length - 16;
  payload.fill(0, trailer, trailer + 8);
  payload[trailer + 4] = random.integer(0, 255);
  payload[trailer + 6] = random.integer(0, 2) * 16;
  if (random.integer(0, 2) === 0) payload[trailer + 7] = random.integer(0, 1);
  payload[trailer + 13] = [17, 50, 6][random.integer(0, 2)]!;
  return payload;
}

/** A segment of one of few connections, whose numbers now and then fit, with lengths, options and flags of any kind. */
function oddSegment(random: Random, i: number): Frame {
  const connection = random.integer(0, 5);
  const isBack = random.chance(0.5);
  const payload = Buffer.alloc(random.chance(0.4) ? 0 : random.integer(1, 60), 0x61);
  const options = Buffer.from(
    Array.from({ length: 4 * random.integer(0, 10) }, () => random.integer(0, random.chance(0.7) ? 8 : 255)),
  );
  const segment = Buffer.alloc(20);
  const ports = [40_000 + (connection >> 1), connection % 2 === 0 ? 80 : 50_000];
  segment.writeUInt16BE(ports[isBack ? 1 : 0]!, 0);
  segment.writeUInt16BE(ports[isBack ? 0 : 1]!, 2);
  segment.writeUInt32BE(1000 + 30 * random.integer(0, 20), 4);
  segment.writeUInt32BE(1000 + 30 * random.integer(0, 22), 8);
  const headerWords = random.chance(0.95) ? 5 + options.length / 4 : random.integer(0, 15);
  segment[12] = headerWords << 4;
  segment[13] = random.chance(0.9)
    ? [0x10, 0x18, 0x02, 0x12, 0x11, 0x14][random.integer(0, 5)]!
    : random.integer(0, 255);
  segment.writeUInt16BE(random.chance(0.1) ? 0 : random.integer(1, 65_535), 14);
  const header = Buffer.alloc(20);
  header[0] = 0x45;
  const length = 20 + 20 + options.length + payload.length;
  header.writeUInt16BE(random.chance(0.97) ? length : random.integer(1, length), 2);
  header[8] = 64;
  header[9] = 6;
  header.set([10, 0, 0, isBack ? 2 : 1, 10, 0, 0, isBack ? 1 : 2], 12);
  const padding = Buffer.alloc(random.chance(0.3) ? random.integer(1, 12) : 0);
  const link = Buffer.from('02000000000102000000000208 00'.replaceAll(' ', ''), 'hex');
  const whole = Buffer.concat([link, header, segment, options, payload, padding]);
  const kept = random.chance(0.2) ? random.integer(14 + 24, whole.length) : whole.length;
  const timeNs = 1_700_000_000_000_000_000n + BigInt(i) * 1_000_003n;
  return { timeNs, bytes: whole.subarray(0, kept), wireLength: whole.length };
}
