import { spawnSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { BoundedReading, type BoundedOptions } from '../../src/capture/bounded-reading.ts';
import { CaptureReading } from '../../src/capture/capture-reading.ts';
import type { CaptureRequest } from '../../src/capture/capture-request.ts';
import type { PartDecision } from '../../src/capture/part-decision.ts';
import { RttsharkError, type ErrorCode } from '../../src/errors.ts';
import { planExtraction } from '../../src/extract/extraction-plan.ts';
import { capture } from '../../src/packets/capture.ts';
import type { Schema } from '../../src/table/schema.ts';
import type { Frame } from '../../fixtures/pcap/frame.ts';
import { framesOf, type TcpSegment } from '../../fixtures/pcap/tcp-segment.ts';
import { tcpFlag } from '../../fixtures/pcap/transport-layers.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { ownChildren, until } from '../tshark/processes.ts';
import { bulkyCapture } from './bulky-capture.ts';
import { busyFrames } from './busy-capture.ts';

const fields = ['frame.number', 'frame.time_epoch', 'ip.src', 'tcp.srcport', 'tcp.analysis.ack_rtt'];
const parts = { packetsPerTshark: 600, overlapPackets: 150 };

/** The lines that tshark, driven by hand, prints for a capture; round-trip times without the zeros at their ends. */
function plainLines(input: string, filter: readonly string[] = [], columns = fields): string[] {
  const args = ['-n', '-r', input, ...filter, '-T', 'fields', ...columns.flatMap((field) => ['-e', field])];
  const env = { ...process.env, WIRESHARK_CONFIG_DIR: '/nonexistent' };
  const { stdout } = spawnSync('tshark', args, { env, encoding: 'utf8', maxBuffer: 1 << 26 });
  const numbers = columns.map((field) => field === 'tcp.analysis.ack_rtt');
  return stdout
    .split('\n')
    .slice(0, -1)
    .map((line) =>
      line.split('\t').map((text, at) => (numbers[at] === true && text !== '' ? Number(text) : text)),
    )
    .map((values) => values.join('\t'));
}

async function requestFor(input: string, filter?: string, columns = fields): Promise<CaptureRequest<Schema>> {
  const { requests } = await planExtraction({ inputs: [input], fields: columns, filter });
  return requests[0]!;
}

interface Taken {
  readonly lines: readonly string[];
  readonly decisions: readonly PartDecision[];
  /** Bytes and rows, as they were told with each chunk. */
  readonly progress: readonly (readonly [number, number])[];
  readonly reading: BoundedReading<Schema>;
}

/** All rows, as tshark prints them. */
async function taken(request: CaptureRequest<Schema>, options: BoundedOptions): Promise<Taken> {
  const decisions: PartDecision[] = [];
  const reading = new BoundedReading(request, { ...options, onParts: (each) => decisions.push(each) });
  const lines: string[] = [];
  const progress: [number, number][] = [];
  const look = () => {
    const { bytesRead = 0, rows } = reading.progress();
    progress.push([bytesRead, rows]);
  };
  const timer = setInterval(look, 1);
  try {
    for await (const chunk of reading) {
      look();
      lines.push(...chunk.toCsv().replaceAll(',', '\t').split('\r\n').slice(1, -1));
    }
  } finally {
    clearInterval(timer);
  }
  look();
  return { lines, decisions, progress, reading };
}

function expectToGrow(progress: Taken['progress']): void {
  for (const at of [0, 1] as const) {
    const figures = progress.map((each) => each[at]);
    expect(figures).to.deep.equal(figures.toSorted((a, b) => a - b));
  }
}

const traffic = { seed: 7, connections: 7, steps: 50 };

/** A segment, and its acknowledgement. */
function lateAnswer(sentNs: bigint, answeredNs: bigint): readonly [Frame, Frame] {
  const [client, server] = [
    { address: '10.0.9.9', port: 50_000 },
    { address: '192.0.2.250', port: 80 },
  ];
  const common = { window: 1000, options: Buffer.alloc(0), index: 1 };
  const segments: TcpSegment[] = [
    {
      ...common,
      timeNs: sentNs,
      from: 'client',
      src: client,
      dst: server,
      seq: 1,
      ack: 1,
      flags: tcpFlag.ack,
      payload: Buffer.alloc(9),
    },
    {
      ...common,
      timeNs: answeredNs,
      from: 'server',
      src: server,
      dst: client,
      seq: 1,
      ack: 10,
      flags: tcpFlag.ack,
      payload: Buffer.alloc(0),
    },
  ];
  return framesOf(segments) as unknown as [Frame, Frame];
}

const openFiles = (): number => readdirSync('/proc/self/fd').length;

describe('reading a file by tsharks that follow each other', () => {
  const file = temporaryFolder();
  let busy: string;
  let bytes: Buffer;
  /** What tshark prints of each packet: it does not depend on what comes behind. */
  let plain: readonly string[];
  let childrenBefore: readonly number[];
  let openBefore: number;

  before(() => {
    busy = file('busy.pcap');
    bytes = bulkyCapture(busyFrames(traffic));
    writeFileSync(busy, bytes);
    plain = plainLines(busy);
  });

  beforeEach(() => {
    childrenBefore = ownChildren();
    openBefore = openFiles();
  });

  afterEach('leaves no process and no open file behind', async () => {
    await until('all children are reaped', () => ownChildren().every((pid) => childrenBefore.includes(pid)));
    await until('all files are closed', () => openFiles() <= openBefore);
  });

  it('gives what one prints, and its progress grows', async () => {
    const { lines, decisions, progress, reading } = await taken(await requestFor(busy), parts);
    expect(lines).to.deep.equal(plain);
    expect(decisions).to.deep.equal([{ packetsPerTshark: parts.packetsPerTshark, reason: null }]);
    expect(reading.end).to.include({ kind: 'done', rows: lines.length });
    expectToGrow(progress);
    expect(progress.at(-1)).to.deep.equal([bytes.length, lines.length]);
  });

  it('leaves a field that depends on all of the file to one tshark', async () => {
    const columns = ['frame.number', 'tcp.analysis.acks_frame'];
    const { lines, decisions } = await taken(await requestFor(busy, undefined, columns), parts);
    expect(lines).to.deep.equal(plainLines(busy, [], columns));
    expect(decisions.map(({ reason }) => reason)).to.deep.equal([
      '"tcp.analysis.acks_frame" can depend on all packets before',
    ]);
  });

  describe('the time of a segment that is acknowledged late', () => {
    /** Behind a border, and before it in what two tsharks have in common. */
    const [behindBorder, beforeBorder] = [630, 598];

    const filter = 'tcp.analysis.ack_rtt';
    interface Late {
      readonly lines: readonly string[];
      readonly expected: readonly string[];
      readonly reasons: readonly (string | null)[];
    }
    let [begunBehind, begunAgain, goneOnAlone]: Late[] = [];

    before(async () => {
      const read = await Promise.all([late(behindBorder, 50), late(beforeBorder, 100, 10)]);
      [begunBehind, begunAgain, goneOnAlone] = read.flat();
    });

    async function late(ackAt: number, ...overlaps: number[]): Promise<Late[]> {
      const input = file(`late-${ackAt}.pcap`);
      const frames = busyFrames(traffic);
      const [sent, answer] = lateAnswer(frames[100]!.timeNs, frames[ackAt]!.timeNs);
      const pieces = [frames.slice(0, 100), sent, frames.slice(100, ackAt), answer, frames.slice(ackAt)];
      writeFileSync(input, bulkyCapture(pieces.flat()));
      const request = await requestFor(input, filter);
      const read = await Promise.all(
        overlaps.map((overlapPackets) => taken(request, { ...parts, overlapPackets })),
      );
      const expected = plainLines(input, ['-Y', filter]);
      return read.map(({ lines, decisions }) => ({
        lines,
        expected,
        reasons: decisions.map(({ reason }) => reason),
      }));
    }

    it('is all that is lacking where a tshark begins behind it', () => {
      const { lines, expected, reasons } = begunBehind!;
      const lost = expected.filter((line) => line.startsWith(`${behindBorder + 2}\t`));
      expect(lost).to.have.lengthOf(1);
      expect(expected.filter((line) => !lines.includes(line))).to.deep.equal(lost);
      expect(reasons).to.deep.equal([null]);
    });

    it('makes a tshark begin again further before, where two should have it in common', () => {
      const { lines, expected, reasons } = begunAgain!;
      expect(lines).to.deep.equal(expected);
      expect(reasons).to.deep.equal([null]);
    });

    it('is given by one tshark that goes on alone, where none begins far enough before', () => {
      const { lines, expected, reasons } = goneOnAlone!;
      expect(lines).to.deep.equal(expected);
      expect(reasons).to.deep.equal([null, 'tsharks that followed each other did not print the same']);
    });
  });

  it('gives the rows behind what cannot be walked over by one tshark that goes on alone', async () => {
    const input = file('bad-record.pcap');
    const bad = Buffer.from(bytes);
    bad.writeUInt32LE(0xfffffff0, recordAt(bytes, 900) + 8);
    writeFileSync(input, bad);
    const { lines, decisions, progress, reading } = await taken(await requestFor(input), parts);
    expect(lines).to.deep.equal(plain.slice(0, 900));
    expect(reading.end).to.include({ kind: 'truncated', rows: 900 });
    const [first, second] = decisions;
    expect([first?.reason, second?.reason]).to.deep.equal([null, 'it has a packet of an odd length']);
    // What a limit is for is not kept any more.
    expect(second?.expectedBytes).to.be.greaterThan(170e6 + 600 * 300);
    expectToGrow(progress);
  });

  it('says of a file that is cut short in a later part what one says', async () => {
    const input = file('cut.pcap');
    writeFileSync(input, bytes.subarray(0, recordAt(bytes, 900) + 40));
    const { lines, decisions, reading } = await taken(await requestFor(input), parts);
    expect(lines).to.deep.equal(plain.slice(0, 900));
    expect(decisions).to.have.lengthOf(1);
    expect(reading.end).to.deep.equal(await endOfOne(input));
  });

  it('ends all when whoever reads breaks off in a later part', async () => {
    const reading = new BoundedReading(await requestFor(busy), parts);
    let last = 0;
    for await (const chunk of reading) {
      last = Number(chunk.column('frame.number').get(chunk.rowCount - 1));
      if (last > parts.packetsPerTshark) break;
    }
    expect(last).to.be.greaterThan(parts.packetsPerTshark);
  });

  it('ends with the rows that are there when it is stopped in a later part', async () => {
    const reading = new BoundedReading(await requestFor(busy), {
      packetsPerTshark: 400,
      overlapPackets: 100,
    });
    const numbers: number[] = [];
    for await (const chunk of reading) {
      numbers.push(...(chunk.column('frame.number').toArray() as number[]));
      if (numbers.length > 400) await reading.stop();
    }
    // No further tshark follows.
    expect(numbers.length).to.be.at.most(800);
    expect(numbers).to.deep.equal(numbers.map((_, at) => at + 1));
    expect(reading.end).to.include({ kind: 'stopped', rows: numbers.length });
  });

  it('ends for a program that aborts, or lets go of, what it reads in bounded memory', async () => {
    const aborting = new AbortController();
    const options = { input: busy, fields: ['frame.number', 'ip.src'], memoryBytes: 1 } as const;
    const aborted = capture({ ...options, signal: aborting.signal })[Symbol.asyncIterator]();
    const letGo = capture(options)[Symbol.asyncIterator]();
    const [first] = await Promise.all([aborted.next(), letGo.next()]);
    expect(first.value?.column('frame.number').get(0)).to.equal(1);
    aborting.abort();
    const rest = async () => {
      while ((await aborted.next()).done !== true);
    };
    await Promise.all([expectCode(rest(), 'interrupted'), letGo.return(undefined)]);
  });
});

async function expectCode(promise: Promise<unknown>, code: ErrorCode): Promise<void> {
  const error: unknown = await promise.catch((thrown: unknown) => thrown);
  expect(error).to.be.instanceOf(RttsharkError).and.to.include({ code });
}

async function endOfOne(input: string): Promise<CaptureReading<Schema>['end']> {
  const one = new CaptureReading(await requestFor(input));
  const rows = one[Symbol.asyncIterator]();
  while ((await rows.next()).done !== true);
  return one.end;
}

/** Where in a pcap file the record behind so many others begins. */
function recordAt(capture: Buffer, packets: number): number {
  let at = 24;
  for (let i = 0; i < packets; i++) at += 16 + capture.readUInt32LE(at + 8);
  return at;
}
