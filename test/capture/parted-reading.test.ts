import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { BoundedReading, type BoundedOptions } from '../../src/capture/bounded-reading.ts';
import { CaptureReading } from '../../src/capture/capture-reading.ts';
import type { CaptureRequest } from '../../src/capture/capture-request.ts';
import type { PartDecision } from '../../src/capture/part-decision.ts';
import { planExtraction } from '../../src/extract/extraction-plan.ts';
import type { Schema } from '../../src/table/schema.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { ownChildren, until } from '../tshark/processes.ts';
import { busyCapture } from './busy-capture.ts';

const fields = ['frame.number', 'frame.time_epoch', 'ip.src', 'tcp.srcport', 'tcp.analysis.ack_rtt'];
const parts = { packetsPerTshark: 2700, overlapPackets: 800 };

/** The lines that tshark, driven by hand, prints for a capture; round-trip times without the zeros at their ends. */
function plainLines(input: string, columns: readonly string[], filter: readonly string[] = []): string[] {
  const args = ['-n', '-r', input, ...filter, '-T', 'fields', ...columns.flatMap((field) => ['-e', field])];
  const env = { ...process.env, WIRESHARK_CONFIG_DIR: '/nonexistent' };
  const output = execFileSync('tshark', args, { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  const numbers = columns.map((field) => field === 'tcp.analysis.ack_rtt');
  return output
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
      lines.push(...chunk.toCsv().replaceAll(',', '\t').split('\n').slice(1, -1));
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

const openFiles = (): number => readdirSync('/proc/self/fd').length;

describe('reading a file by tsharks that follow each other', () => {
  const file = temporaryFolder();
  let busy: string;
  let bytes: Buffer;
  let childrenBefore: readonly number[];
  let openBefore: number;

  before(() => {
    busy = file('busy.pcap');
    bytes = busyCapture({ seed: 7, connections: 40, steps: 60 });
    writeFileSync(busy, bytes);
  });

  beforeEach(() => {
    childrenBefore = ownChildren();
    openBefore = openFiles();
  });

  afterEach('leaves no process and no open file behind', async () => {
    await until('all children are reaped', () => ownChildren().every((pid) => childrenBefore.includes(pid)));
    await until('all files are closed', () => openFiles() <= openBefore);
  });

  for (const filter of [undefined, 'tcp.analysis.ack_rtt && ip.addr == 192.0.2.3']) {
    it(`gives what one prints, and its progress grows: ${filter ?? 'all packets'}`, async () => {
      const { lines, decisions, progress, reading } = await taken(await requestFor(busy, filter), parts);
      console.log(lines.slice(0,3), plainLines(busy, fields).slice(0,3));
      expect(lines).to.deep.equal(plainLines(busy, fields, filter === undefined ? [] : ['-Y', filter]));
      expect(decisions).to.deep.equal([{ packetsPerTshark: 2700, reason: null }]);
      expect(reading.end).to.include({ kind: 'done', rows: lines.length });
      expectToGrow(progress);
      expect(progress.at(-1)).to.deep.equal([bytes.length, lines.length]);
    });
  }

  it('lacks at most what was sent before an overlap, however short that is', async () => {
    const filter = 'tcp.analysis.ack_rtt';
    const plain = plainLines(busy, fields, ['-Y', filter]);
    const { lines } = await taken(await requestFor(busy, filter), {
      packetsPerTshark: 4000,
      overlapPackets: 10,
    });
    expect(plain).to.include.members(lines);
    const missing = plain.filter((line) => !lines.includes(line));
    console.log(missing, plain.length);
  });

  it('gives the rows behind what cannot be walked over by one tshark that goes on alone', async () => {
    const input = file('bad-record.pcap');
    const bad = Buffer.from(bytes);
    bad.writeUInt32LE(0xfffffff0, recordAt(bytes, 5000) + 8);
    writeFileSync(input, bad);
    const { lines, decisions, progress, reading } = await taken(await requestFor(input), parts);
    expect(lines).to.deep.equal(plainLines(input, fields)).and.to.have.lengthOf(5000);
    expect(decisions.map(({ packetsPerTshark }) => packetsPerTshark)).to.deep.equal([2700, undefined]);
    const one = await endOfOne(input);
    console.log(decisions, one);
    expect(reading.end).to.deep.equal(one);
    expectToGrow(progress);
  });

  it('says of a file that is cut short in a later part what one says', async () => {
    const input = file('cut.pcap');
    writeFileSync(input, bytes.subarray(0, recordAt(bytes, 5000) + 40));
    const { lines, decisions, reading } = await taken(await requestFor(input), parts);
    expect(lines).to.deep.equal(plainLines(input, fields)).and.to.have.lengthOf(5000);
    expect(decisions).to.have.lengthOf(1);
    expect(reading.end).to.deep.equal(await endOfOne(input));
  });

  it('ends all when whoever reads breaks off in a later part', async () => {
    const reading = new BoundedReading(await requestFor(busy), parts);
    let last = 0;
    for await (const chunk of reading) {
      last = Number(chunk.column('frame.number').get(chunk.rowCount - 1));
      if (last > 2700) break;
    }
    expect(last).to.be.greaterThan(2700);
  });

  it('ends with the rows that are there when it is stopped in a later part', async () => {
    const reading = new BoundedReading(await requestFor(busy), parts);
    const numbers: number[] = [];
    for await (const chunk of reading) {
      numbers.push(...(chunk.column('frame.number').toArray() as number[]));
      if (numbers.length > 2700) await reading.stop();
    }
    expect(numbers).to.deep.equal(numbers.map((_, at) => at + 1));
    expect(reading.end).to.include({ kind: 'stopped', rows: numbers.length });
  });
});

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
