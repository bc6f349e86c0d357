import { writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { expect } from 'chai';
import { linkType, type Frame } from '../../fixtures/pcap/frame.ts';
import { ethernet } from '../../fixtures/pcap/link-layers.ts';
import { pcapFile } from '../../fixtures/pcap/pcap-file.ts';
import { pcapngFile } from '../../fixtures/pcap/pcapng-file.ts';
import { data } from '../../fixtures/pcap/pdu.ts';
import { Random } from '../../fixtures/pcap/random.ts';
import { ip } from '../../fixtures/pcap/ip-layers.ts';
import { macsOf } from '../../fixtures/pcap/tcp-segment.ts';
import { tcp, tcpFlag } from '../../fixtures/pcap/transport-layers.ts';
import { CaptureReading } from '../../src/capture/capture-reading.ts';
import { NotedColumns } from '../../src/capture/noted-columns.ts';
import { ShardFeed } from '../../src/capture/shard-feed.ts';
import type { AnyTable } from '../../src/table/table.ts';
import { Table } from '../../src/table/table.ts';
import { findTshark } from '../../src/tshark/find-tools.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { fixture } from './fixtures.ts';

const schema = {
  'frame.time_epoch': 'time',
  'ip.src': 'text',
  'ip.dst': 'text',
  'ipv6.src': 'text',
  'ipv6.dst': 'text',
  'tcp.srcport': 'text',
  'tcp.dstport': 'text',
} as const;

function lineOf(packets: AnyTable, row: number): string {
  return Object.keys(schema)
    .map((name) => String(packets.column(name).get(row)))
    .join(' ');
}

/** What is noted of each packet, by its number; those left out of which nothing is. */
async function notedLines(capture: string): Promise<Map<number, string>> {
  const lines = new Map<number, string>();
  const sink = await open('/dev/null', 'w');
  const feed = new ShardFeed(
    capture,
    { kind: 'flows', index: 0, count: 1, isNoted: true },
    {
      onNumbers: (numbers, _before, notes) => {
        numbers.forEach((number, at) => {
          if (notes === undefined) throw new Error('Nothing was noted.');
          const noted = new NotedColumns(1);
          noted.setRow(0, notes, at);
          if (!noted.isLacking) lines.set(number, lineOf(noted.complete(new Table({}), schema), 0));
        });
      },
    },
  );
  try {
    await feed.feed({ write: (bytes) => sink.writeFile(bytes) });
  } finally {
    feed.close();
    await sink.close();
  }
  return lines;
}

/** What tshark prints of the packets with TCP. */
async function printedLines(capture: string): Promise<Map<number, string>> {
  const lines = new Map<number, string>();
  const asked = { tshark: await findTshark(), input: capture, displayFilter: 'tcp' };
  for await (const packets of new CaptureReading({
    ...asked,
    schema: { ...schema, 'frame.number': 'uint32' },
  }))
    for (let row = 0; row < packets.rowCount; row++)
      lines.set(Number(packets.column('frame.number').get(row)), lineOf(packets, row));
  return lines;
}

/** @returns how many packets were compared, and how many nothing was noted of */
async function compare(capture: string): Promise<{ compared: number; lacking: number }> {
  const noted = await notedLines(capture);
  const printed = await printedLines(capture);
  for (const [number, line] of noted) expect(line, `packet ${number}`).to.equal(printed.get(number));
  return { compared: noted.size, lacking: printed.size - noted.size };
}

const random = new Random(4);

/** Addresses with zeros in all places, and those that are printed in two ways. */
function randomIpv6(): string {
  const word = () => (random.integer(0, 3) === 0 ? random.integer(1, 0xffff).toString(16) : '0');
  const words = Array.from({ length: 8 }, word);
  return random.integer(0, 9) === 0 ? `::ffff:10.1.2.${random.integer(0, 255)}` : words.join(':');
}

function synBetween(src: string, dst: string, index: number): Uint8Array {
  const ports = { srcPort: 1024 + index, dstPort: 65_535 - index };
  const fields = { ...ports, seq: 1, ack: 0, flags: tcpFlag.syn, window: 100, options: Buffer.alloc(0) };
  const segment = tcp(data(Buffer.alloc(0)), fields, { src, dst });
  return ethernet(ip(segment, { src, dst, identification: 1, dontFragment: true }), macsOf('client')).bytes;
}

describe('noting what packets tell of themselves', () => {
  const file = temporaryFolder();

  for (const name of ['demo.pcap', 'qinq.pcap', 'ipv6-extension-headers.pcap', 'linux-cooked-v2.pcap']) {
    it(`notes what tshark prints of ${name}`, async () => {
      const { compared, lacking } = await compare(fixture(name));
      expect(compared).to.be.greaterThan(0);
      expect(lacking).to.equal(0);
    });
  }

  it('notes nothing of a packet that only quotes a segment', async () => {
    const { lacking } = await compare(fixture('icmp-error.pcap'));
    expect(lacking).to.be.greaterThan(0);
  });

  it('writes IPv6 addresses as tshark does, or not at all', async () => {
    const frames: Frame[] = Array.from({ length: 500 }, (_, i) => ({
      timeNs: BigInt(i) * 4_294_967_291n,
      bytes: synBetween(randomIpv6(), randomIpv6(), i),
    }));
    const capture = file('addresses.pcap');
    writeFileSync(
      capture,
      pcapFile(frames, { linkType: linkType.ethernet, nanoseconds: true, bigEndian: true }),
    );
    const { compared, lacking } = await compare(capture);
    expect(compared).to.be.greaterThan(200);
    expect(lacking).to.be.greaterThan(10);
  });

  it('reads times of any number of digits, with and without an offset', async () => {
    const about = [0, 3, 6, 9].flatMap((timeDigits) =>
      [undefined, 86_400, -3600].map((timeOffset) => ({ timeDigits, timeOffset })),
    );
    const interfaces = about.map(({ timeDigits, timeOffset }, i) => ({
      ...{ name: `if${i}`, linkType: linkType.ethernet, timeDigits },
      ...(timeOffset === undefined ? {} : { timeOffset }),
    }));
    const frames: Frame[] = interfaces.flatMap(({ timeDigits }, interfaceId) =>
      Array.from({ length: 20 }, (_, i) => {
        const unit = 10n ** BigInt(9 - timeDigits);
        const timeNs = 1_700_000_000_000_000_000n + BigInt(random.integer(0, 4_000_000_000)) * 1_000_003n;
        return {
          interfaceId,
          timeNs: timeNs - (timeNs % unit),
          bytes: synBetween('10.0.0.1', '10.0.0.2', i),
        };
      }),
    );
    const capture = file('times.pcapng');
    writeFileSync(capture, pcapngFile(frames, interfaces));
    expect(await compare(capture)).to.deep.equal({ compared: frames.length, lacking: 0 });
  });
});
