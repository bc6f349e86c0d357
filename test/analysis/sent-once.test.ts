import { execFileSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { linkType } from '../../fixtures/pcap/frame.ts';
import { milliseconds } from '../../fixtures/pcap/durations.ts';
import { ethernet } from '../../fixtures/pcap/link-layers.ts';
import { pcapFile } from '../../fixtures/pcap/pcap-file.ts';
import { randomConversation } from '../../fixtures/pcap/random-conversation.ts';
import { Random } from '../../fixtures/pcap/random.ts';
import { framesOf, ipPacket, macsOf, type TcpSegment } from '../../fixtures/pcap/tcp-segment.ts';
import { analyze } from '../../src/analysis/analyze.ts';
import { valuesOf } from '../measure/packet-tables.ts';
import { fixture } from '../support/run-command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { endFields, endOf, plainFields } from './plain-fields.ts';

interface Sent {
  readonly frame: number;
  readonly direction: string;
  readonly sequence: number;
  readonly length: number;
}

/** The samples whose segment was sent once, found by comparing every packet with every other: `stream value`, sorted. */
async function sentOnce(capture: string): Promise<{ kept: string[]; all: number }> {
  const fields = [
    ...endFields,
    ...['frame.number', 'frame.protocols', 'tcp.stream', 'tcp.srcport', 'tcp.seq', 'tcp.nxtseq'],
    ...['tcp.analysis.acks_frame', 'tcp.analysis.ack_rtt'],
  ];
  const rows = await plainFields(capture, 'tcp', fields);
  const last = (row: Record<string, string[]>, field: string) => row[field]?.at(-1) ?? '';
  const sent: Sent[] = rows
    .filter((row) => !last(row, 'frame.protocols').includes('icmp'))
    .map((row) => {
      const sequence = Number(last(row, 'tcp.seq'));
      return {
        frame: Number(last(row, 'frame.number')),
        direction: [last(row, 'tcp.stream'), endOf(row, 'src'), last(row, 'tcp.srcport')].join(' '),
        sequence,
        length: (Number(last(row, 'tcp.nxtseq')) - sequence + 2 ** 32) % 2 ** 32,
      };
    });
  const samples = rows.filter((row) => last(row, 'tcp.analysis.ack_rtt') !== '');
  const kept = samples.filter((row) => {
    const segment = sent.find(({ frame }) => frame === Number(last(row, 'tcp.analysis.acks_frame')));
    return (
      segment !== undefined &&
      !sent.some(
        (other) =>
          other.frame < Number(last(row, 'frame.number')) &&
          other.frame !== segment.frame &&
          other.direction === segment.direction &&
          overlap(segment, other),
      )
    );
  });
  return {
    kept: kept.map((row) => `${last(row, 'tcp.stream')} ${Number(last(row, 'tcp.analysis.ack_rtt'))}`).sort(),
    all: samples.length,
  };
}

/** Of stretches of sequence numbers, which begin anew after 2^32. */
function overlap(one: Sent, other: Sent): boolean {
  const ahead = (other.sequence - one.sequence + 2 ** 32) % 2 ** 32;
  const behind = (one.sequence - other.sequence + 2 ** 32) % 2 ** 32;
  return one.length > 0 && other.length > 0 && (ahead < one.length || behind < other.length);
}

async function analyzed(capture: string): Promise<string[]> {
  const { measurements } = await analyze({ inputs: [capture], by: ['stream'], excludeRetransmitted: true });
  const [{ groups }] = measurements;
  return groups
    .flatMap(({ labels, distribution }) =>
      valuesOf(distribution).map((value) => `${labels['stream'] ?? ''} ${value}`),
    )
    .sort();
}

/** Some segments once more, whole or in part, before or after their ACK. */
function sentAgain(segments: readonly TcpSegment[], random: Random): TcpSegment[] {
  return segments
    .filter(({ payload }) => payload.length > 1 && random.chance(0.3))
    .map((segment) => {
      const from = random.chance(0.3) ? random.integer(1, segment.payload.length - 1) : 0;
      const to = random.chance(0.3)
        ? random.integer(from + 1, segment.payload.length)
        : segment.payload.length;
      return {
        ...segment,
        seq: (segment.seq + from) >>> 0,
        payload: segment.payload.subarray(from, to),
        timeNs: segment.timeNs + BigInt(random.integer(1, 60_000_000)),
      };
    });
}

describe('analysis: segments that were sent once', () => {
  const file = temporaryFolder();

  it('are told in captures with all that can happen, as comparing every packet with every other tells them', async () => {
    const capture = file('mixed.pcapng');
    const names = [
      'impairments.pcap',
      'recorded-iperf3.pcapng',
      'icmp-error.pcap',
      'sequence-wrap.pcap',
      'demo.pcap',
    ];
    execFileSync('mergecap', ['-a', '-w', capture, ...names.map(fixture)]);
    const { kept, all } = await sentOnce(capture);
    expect(kept.length).to.be.greaterThan(0).and.lessThan(all);
    expect(await analyzed(capture)).to.deep.equal(kept);
  });

  it('are told in random connections', async () => {
    let leftOut = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(), { minLength: 8, maxLength: 16 }), async (seeds) => {
        const frames = seeds
          .flatMap((seed, index) => {
            const random = new Random(seed);
            const { segments } = randomConversation(random, {
              client: { address: '10.0.0.1', port: 20_000 + index },
              server: { address: '10.0.0.2', port: 6_000 },
              startNs: milliseconds(1_600_000_000_000) + milliseconds(random.integer(0, 2_000)),
              steps: random.integer(5, 25),
              serverDelayNs: () => BigInt(random.integer(1, 50_000_000)),
              clientDelayNs: () => BigInt(random.integer(1, 90_000)),
              pauseNs: () => BigInt(random.integer(1, 300_000_000)),
              impairments: true,
            });
            return framesOf(
              [...segments, ...sentAgain(segments, random)],
              (segment) => ethernet(ipPacket(segment), macsOf(segment.from)).bytes,
            );
          })
          .sort((a, b) => Number(a.timeNs - b.timeNs));
        const capture = file('random.pcap');
        writeFileSync(capture, pcapFile(frames, { linkType: linkType.ethernet, nanoseconds: true }));
        const { kept, all } = await sentOnce(capture);
        leftOut += all - kept.length;
        expect(await analyzed(capture)).to.deep.equal(kept);
      }),
      { numRuns: 3 },
    );
    expect(leftOut).to.be.greaterThan(0);
  });

  const corpus = process.env['RTTSHARK_CORPUS'];
  if (corpus !== undefined) {
    for (const name of readdirSync(corpus).filter((each) => /\.pcap(?:ng)?(?:\.\w+)?$/.test(each))) {
      it(`are told in ${name}`, async () => {
        const capture = path.join(corpus, name);
        expect(await analyzed(capture)).to.deep.equal((await sentOnce(capture)).kept);
      });
    }
  }
});
