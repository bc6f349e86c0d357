import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import fc from 'fast-check';
import { linkType } from '../../fixtures/pcap/frame.ts';
import { pcapFile } from '../../fixtures/pcap/pcap-file.ts';
import { InterfaceTable } from '../../src/capture/interface-table.ts';
import { PacketNormalizer } from '../../src/capture/packet-normalizer.ts';
import { runCommand } from '../support/run-command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { busyFrames } from './busy-capture.ts';
import { fixture } from './fixtures.ts';

interface Normalized {
  /** A capture of its own. */
  readonly bytes: Buffer;
  readonly packets: number;
  readonly capturedBytes: number;
  readonly damage: string | undefined;
  readonly withinRecord: boolean;
}

/** @param cuts - where the stream is cut into chunks */
function normalized(streams: readonly Buffer[], cuts: readonly number[] = [], limit = Infinity): Normalized {
  const table = new InterfaceTable();
  const blocks: Buffer[] = [];
  let [packets, capturedBytes] = [0, 0];
  let last = new PacketNormalizer(table);
  for (const stream of streams) {
    last = new PacketNormalizer(table, 'given');
    const ends = [...new Set([...cuts.map((cut) => cut % (stream.length + 1)), stream.length])];
    let start = 0;
    for (const end of ends.sort((a, b) => a - b)) {
      // It may be written to.
      const batch = last.push(Buffer.from(stream.subarray(start, end)), limit - packets);
      start = end;
      if (batch === null) continue;
      blocks.push(...batch.blocks);
      packets += batch.packets;
      capturedBytes += batch.capturedBytes;
    }
  }
  const { damage, withinRecord } = last;
  return { bytes: Buffer.concat([table.prelude, ...blocks]), packets, capturedBytes, damage, withinRecord };
}

const fields = ['frame.time_epoch', 'frame.len', 'frame.cap_len', 'frame.encap_type', 'frame.protocols']
  .concat(['ip.src', 'ip.dst', 'ipv6.src', 'ipv6.dst', 'tcp.srcport', 'tcp.dstport', 'tcp.analysis.ack_rtt'])
  .flatMap((field) => ['-e', field]);

async function printed(path: string, ...more: string[]): Promise<string> {
  // It complains of damage after the packets before that.
  return (await runCommand('tshark', ['-n', '-r', path, '-T', 'fields', ...fields, ...more])).stdout;
}

const captures = readdirSync(fixture('.')).filter((name) => /\.pcap(ng)?$/.test(name));
const whole = captures.filter(
  (name) => !/^(cut|bad|empty|plain)/.test(name) && normalized([readFileSync(fixture(name))]).packets > 0,
);
const one = readFileSync(fixture('ipv4.pcap'));
const two = readFileSync(fixture('two-interfaces.pcapng'));

describe('packets as one pcapng section', function () {
  this.timeout(60_000);
  const file = temporaryFolder();

  let written = 0;

  function printedOf({ bytes }: Normalized, ...more: string[]): Promise<string> {
    written += 1;
    const path = file(`normalized-${written}.pcapng`);
    writeFileSync(path, bytes);
    return printed(path, ...more);
  }

  /** Two tsharks side by side: starting one takes most of the time. */
  async function expectSame(given: Promise<string>, wanted: Promise<string>): Promise<void> {
    const [is, should] = await Promise.all([given, wanted]);
    expect(is).to.equal(should);
  }

  for (const name of captures.filter((each) => !/^(empty|plain|cut-in-file)/.test(each))) {
    it(`are to tshark what they were in ${name}`, async () => {
      const interfaces = name.endsWith('ng') ? ['-e', 'frame.interface_name'] : [];
      const result = normalized([readFileSync(fixture(name))]);
      await expectSame(printedOf(result, ...interfaces), printed(fixture(name), ...interfaces));
      expect(result.damage !== undefined).to.equal(name.startsWith('bad'));
      expect(result.withinRecord).to.equal(name.startsWith('cut'));
    });
  }

  it('are the same wherever the stream is cut', () => {
    fc.assert(
      fc.property(fc.constantFrom(...whole), fc.array(fc.nat(1e6), { maxLength: 30 }), (name, cuts) => {
        const stream = readFileSync(fixture(name));
        expect(normalized([stream], cuts)).to.deep.equal(normalized([stream]));
      }),
      { numRuns: 150 },
    );
  });

  it('are the same byte by byte', () => {
    for (const stream of [one, two]) {
      const everywhere = Array.from({ length: stream.length }, (_, i) => i);
      expect(normalized([stream], everywhere)).to.deep.equal(normalized([stream]));
    }
  });

  for (const bigEndian of [false, true]) {
    for (const nanoseconds of [false, true]) {
      it(`are those of pcap, ${bigEndian ? 'big' : 'little'}-endian, ${nanoseconds ? 'nano' : 'micro'}seconds`, async () => {
        const frames = busyFrames({ seed: 1, connections: 3, steps: 20 }).map((frame) => ({
          ...frame,
          timeNs: nanoseconds ? frame.timeNs + 123n : frame.timeNs - (frame.timeNs % 1000n),
        }));
        const bytes = pcapFile(frames, {
          linkType: linkType.ethernet,
          nanoseconds,
          bigEndian,
          snapLength: 77,
        });
        writeFileSync(file('variant.pcap'), bytes);
        await expectSame(printedOf(normalized([bytes])), printed(file('variant.pcap')));
      });
    }
  }

  it('are those of big-endian pcapng', async () => {
    const swapped = bigEndian(two);
    writeFileSync(file('big.pcapng'), swapped);
    const withInterface = ['-e', 'frame.interface_name'];
    const expected = printed(fixture('two-interfaces.pcapng'), ...withInterface);
    await expectSame(printed(file('big.pcapng'), ...withInterface), expected);
    await expectSame(printedOf(normalized([swapped]), ...withInterface), expected);
  });

  it('are those of several sections and of several streams, one after the other', () => {
    const other = readFileSync(fixture('recorded-ipv4.pcapng'));
    const joined = normalized([Buffer.concat([two, other, two])]);
    expect(normalized([two, other, two])).to.deep.equal(joined);
    const numbered = ['-e', 'frame.interface_name'];
    const expected = ['two-interfaces.pcapng', 'recorded-ipv4.pcapng', 'two-interfaces.pcapng']
      .map((name) =>
        execFileSync(
          'tshark',
          ['-n', '-r', fixture(name), '-T', 'fields', '-e', 'frame.time_epoch', ...numbered],
          { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
        ),
      )
      .join('');
    writeFileSync(file('joined.pcapng'), joined.bytes);
    const args = ['-n', '-r', file('joined.pcapng'), '-T', 'fields', '-e', 'frame.time_epoch', ...numbered];
    expect(execFileSync('tshark', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })).to.equal(
      expected,
    );
  });

  it('have the name that was given where the format tells none', async () => {
    expect(await printedOf(normalized([one]), '-e', 'frame.interface_name')).to.match(/\tgiven\n/);
  });

  it('are no more than the limit', async () => {
    for (const stream of [one, two]) {
      const all = normalized([stream]);
      for (const limit of [0, 1, 2, all.packets - 1, all.packets, all.packets + 1]) {
        const some = normalized([stream], [40, 333, 500], limit);
        expect(some.packets).to.equal(Math.min(limit, all.packets));
        expect((await printedOf(some)).split('\n').length - 1).to.equal(some.packets);
        expect(some.withinRecord).to.equal(false);
      }
    }
  });

  it('are those before damage, whatever is damaged, and tshark reads them', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(one, two),
        fc.array(fc.tuple(fc.nat(1e6), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 6 }),
        fc.array(fc.nat(1e6), { maxLength: 4 }),
        (stream, changes, cuts) => {
          const damaged = Buffer.from(stream);
          for (const [at, value] of changes) damaged[at % damaged.length] = value;
          // Whatever comes of it is the same in chunks, and no other error than damage.
          expect(normalized([damaged], cuts)).to.deep.equal(normalized([damaged]));
        },
      ),
      { numRuns: 400 },
    );
  });

  for (const { title, stream } of [
    { title: 'a packet of pcap too large to be one', stream: patched(one, 24 + 8, 0x7fff_ffff) },
    { title: 'text', stream: Buffer.from('This is no capture.') },
    {
      title: 'a block shorter than its kind',
      stream: Buffer.concat([two.subarray(0, 28), words(1, 12, 12)]),
    },
    {
      title: 'a packet of no interface',
      stream: Buffer.concat([two.subarray(0, 28), words(6, 32, 0, 0, 0, 0, 0, 32)]),
    },
    { title: 'a block without end', stream: Buffer.concat([two, words(6, 0xffff_fff0, 0)]) },
    { title: 'two lengths that differ', stream: Buffer.concat([two, words(5, 12, 16)]) },
    {
      title: 'a resolution that there is not',
      stream: Buffer.concat([two.subarray(0, 28), words(1, 32, 1, 0, 0x0001_0009, 0x50, 0, 32)]),
    },
  ]) {
    it(`end at ${title}`, () => {
      const { damage } = normalized([stream]);
      expect(damage).to.be.a('string').that.is.not.equal('');
    });
  }
});

function words(...values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, i) => bytes.writeUInt32LE(value, i * 4));
  return bytes;
}

function patched(stream: Buffer, at: number, value: number): Buffer {
  const bytes = Buffer.from(stream);
  bytes.writeUInt32LE(value, at);
  return bytes;
}

/** A pcapng file of interfaces and enhanced packets in the other byte order. */
function bigEndian(stream: Buffer): Buffer {
  const bytes = Buffer.from(stream);
  const swap32 = (at: number) => bytes.subarray(at, at + 4).swap32();
  const swap16 = (at: number) => bytes.subarray(at, at + 2).swap16();
  for (let at = 0; at < stream.length;) {
    const [type, length] = [stream.readUInt32LE(at), stream.readUInt32LE(at + 4)];
    [at, at + 4, at + length - 4].forEach(swap32);
    if (type === 0x0a0d0d0a) {
      swap32(at + 8);
      swap16(at + 12);
      swap16(at + 14);
      bytes.subarray(at + 16, at + 24).swap64();
    }
    let options = at + length - 4;
    if (type === 1) {
      swap16(at + 8);
      swap32(at + 12);
      options = at + 16;
    }
    if (type === 6) {
      [8, 12, 16, 20, 24].forEach((field) => swap32(at + field));
      options = at + 28 + ((stream.readUInt32LE(at + 20) + 3) & ~3);
    }
    while (options < at + length - 4) {
      const size = stream.readUInt16LE(options + 2);
      swap16(options);
      swap16(options + 2);
      options += 4 + ((size + 3) & ~3);
    }
    at += length;
  }
  return bytes;
}
