import { Random } from '../fixtures/pcap/random.ts';
import { data, ethernet, ipv4, tcp, tcpFlag } from '../fixtures/pcap/layers.ts';
import { FlowHeap } from './flow-heap.ts';

export interface BulkOptions {
  packets: number;
  flows: number;
  seed: number;
  snapLength: number;
}

type Side = 0 | 1;

/** One packet that a flow will send. */
interface Step {
  from: Side;
  flags: number;
  length: number;
  /** After the packet before it, in microseconds. */
  afterUs: number;
}

interface Flow {
  /** A packet of each side without data, headers complete but for numbers, length and flags. */
  templates: readonly [Buffer, Buffer];
  next: [number, number];
  /** Round trip from the capture point to the server, median in microseconds. */
  serverUs: number;
  queue: Step[];
  opened: boolean;
}

const epochSeconds = 1_700_000_000;
const headerLength = 14 + 20 + 20;
const recordHeaderLength = 16;
const chunkLength = 1 << 20;
const { ack, psh, syn } = tcpFlag;

function template(src: string, srcPort: number, dst: string, dstPort: number): Buffer {
  const addresses = { src, dst };
  const segment = tcp(data(''), { srcPort, dstPort, seq: 0, ack: 0, flags: 0 }, addresses);
  const macs = { src: '02:00:00:00:00:01', dst: '02:00:00:00:00:02' };
  return ethernet(ipv4(segment, addresses), macs).bytes;
}

function newFlow(index: number, random: Random): Flow {
  const client = `10.${64 + (index >> 12)}.${(index >> 4) & 0xff}.${10 + (index & 15)}`;
  const server = `192.0.2.${1 + (index % 23)}`;
  const [clientPort, serverPort] = [
    32_768 + ((index * 7) % 28_000),
    index % 3 === 0 ? 443 : 9_000 + (index % 50),
  ];
  return {
    templates: [
      template(client, clientPort, server, serverPort),
      template(server, serverPort, client, clientPort),
    ],
    next: [random.integer(0, 0xffff_ffff), random.integer(0, 0xffff_ffff)],
    serverUs: random.skewed(4_000, 4),
    queue: [],
    opened: false,
  };
}

/** The packets of what a flow does next: its handshake, an exchange, a burst down or up, a delayed ACK. */
function plan(flow: Flow, random: Random): Step[] {
  const pause = random.integer(50, 4_000);
  const serverUs = Math.max(1, Math.round(random.skewed(flow.serverUs, 0.7)));
  const clientUs = Math.max(1, Math.round(random.skewed(60, 1.2)));
  if (!flow.opened) {
    flow.opened = true;
    return [
      { from: 0, flags: syn, length: 0, afterUs: pause },
      { from: 1, flags: syn | ack, length: 0, afterUs: serverUs },
      { from: 0, flags: ack, length: 0, afterUs: clientUs },
    ];
  }
  const full = { flags: ack, length: 1_448, afterUs: 12 };
  const kind = random.next();
  if (kind < 0.5)
    return [
      { from: 0, flags: ack | psh, length: random.integer(20, 600), afterUs: pause },
      { from: 1, flags: ack | psh, length: random.integer(20, 1_448), afterUs: serverUs },
      { from: 0, flags: ack, length: 0, afterUs: clientUs },
    ];
  const from = kind < 0.8 ? 1 : 0;
  const delay = from === 1 ? clientUs : serverUs;
  return [
    { ...full, from, afterUs: pause },
    { ...full, from },
    { from: from === 1 ? 0 : 1, flags: ack, length: 0, afterUs: delay },
    { from, flags: ack | psh, length: random.integer(1, 1_448), afterUs: pause },
    { from: from === 1 ? 0 : 1, flags: ack, length: 0, afterUs: delay },
  ];
}

/** Writes one packet with its record header into `chunk`; returns where the next one begins. */
function writeRecord(
  chunk: Buffer,
  offset: number,
  flow: Flow,
  step: Step,
  timeUs: number,
  snapLength: number,
): number {
  const kept = Math.min(headerLength + step.length, snapLength);
  chunk.writeUInt32LE(epochSeconds + Math.floor(timeUs / 1e6), offset);
  chunk.writeUInt32LE(timeUs % 1e6, offset + 4);
  chunk.writeUInt32LE(kept, offset + 8);
  chunk.writeUInt32LE(headerLength + step.length, offset + 12);
  const packet = offset + recordHeaderLength;
  flow.templates[step.from].copy(chunk, packet);
  chunk.fill(0x61, packet + headerLength, packet + kept);
  chunk.writeUInt16BE(40 + step.length, packet + 16);
  // The template's checksum counts a length of 40: RFC 1624, equation 3, for the length that is now there.
  const sum = (~chunk.readUInt16BE(packet + 24) & 0xffff) + (~40 & 0xffff) + 40 + step.length;
  const folded = (sum & 0xffff) + (sum >>> 16);
  chunk.writeUInt16BE(~((folded & 0xffff) + (folded >>> 16)) & 0xffff, packet + 24);
  const mine = flow.next[step.from];
  chunk.writeUInt32BE(mine, packet + 38);
  chunk.writeUInt32BE((step.flags & ack) === 0 ? 0 : flow.next[step.from === 0 ? 1 : 0], packet + 42);
  chunk.writeUInt8(step.flags, packet + 47);
  flow.next[step.from] = (mine + step.length + ((step.flags & syn) === 0 ? 0 : 1)) >>> 0;
  return packet + kept;
}

/** The records of the capture in order of time, in chunks of about a megabyte. TCP checksums are left as they are. */
export function* bulkRecords({ packets, flows, seed, snapLength }: BulkOptions): Generator<Buffer> {
  const random = new Random(seed);
  const all = Array.from({ length: flows }, (_, index) => newFlow(index, random));
  const refill = (flow: Flow): number => {
    if (flow.queue.length === 0) flow.queue = plan(flow, random);
    return flow.queue[0]?.afterUs ?? 0;
  };
  const times = Float64Array.from(all, refill);
  const heap = new FlowHeap(times);
  let chunk = Buffer.alloc(chunkLength + 4_096);
  let offset = 0;
  for (let written = 0; written < packets; written += 1) {
    const index = heap.first();
    const flow = all[index]!;
    const timeUs = times[index]!;
    offset = writeRecord(chunk, offset, flow, flow.queue.shift()!, timeUs, snapLength);
    times[index] = timeUs + refill(flow);
    heap.firstHasMoved();
    if (offset >= chunkLength) {
      yield chunk.subarray(0, offset);
      chunk = Buffer.alloc(chunkLength + 4_096);
      offset = 0;
    }
  }
  yield chunk.subarray(0, offset);
}
