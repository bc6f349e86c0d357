import { statSync } from 'node:fs';
import type { Schema } from '../table/schema.ts';
import { filesOf, type CaptureRequest } from './capture-request.ts';
import { defaultMemoryBytes } from './memory-limit.ts';
import { estimatePackets, type PacketEstimate } from './packet-estimate.ts';
import { whyNoParts } from './part-fields.ts';

/** How much of a capture one tshark reads. */
export interface PartDecision {
  /** Undefined where one reads all of it. */
  readonly packetsPerTshark: number | undefined;
  /** Why one does; null where several follow each other. */
  readonly reason: string | null;
  /** What one tshark is expected to hold in the end, in bytes, where that is more than it should. */
  readonly expectedBytes?: number | undefined;
}

/** What this process holds beside tshark, and what one tshark does in any case. */
const ownBytes = 250e6;
const leastBytes = 200e6;
/** What one tshark holds without any packet, and for each one: measured with 4.0, and rounded up. */
const tsharkBytes = 170e6;
const bytesPerPacket = 300;
/** The smallest packet in the smallest record: one of a few bytes says nothing that is worth being read. */
const smallestRecordBytes = 30;
const fewestPackets = 200_000;

export interface PartWishes {
  /** For all processes together; 2 GiB by default, or half of the memory where that is less. */
  readonly memoryBytes?: number | undefined;
  /** What one tshark reads at most; by default what memory allows. */
  readonly packetsPerTshark?: number | undefined;
}

/**
 * Whether one tshark reads an input, or several do, one after the other, so that memory does not grow with the
 * capture. Looks at the beginning of the file.
 */
export function decideParts(request: CaptureRequest<Schema>, wishes: PartWishes = {}): PartDecision {
  const unfit = whyNoParts(request);
  const files = sizedFiles(request);
  const byOne = (reason: string): PartDecision => ({ packetsPerTshark: undefined, reason });
  if (files === undefined) return byOne(unfit ?? 'it is no file');
  const packets = packetLimit(wishes);
  // Most files are small, and not worth a second look.
  if (mostPackets(files) <= packets) return byOne(unfit ?? 'it is small');
  const estimates = files.map(({ path, size }) => estimatePackets(path, size));
  const reason = unfit ?? estimates.find(({ odd }) => odd !== null)?.odd ?? null;
  if (reason === null) return { packetsPerTshark: packets, reason };
  return { ...byOne(reason), expectedBytes: bytesBeyond(packets, estimates, request) };
}

/** The decision that one tshark goes on, for a reason that was met on the way. */
export function decideAlone(
  request: CaptureRequest<Schema>,
  reason: string,
  wishes: PartWishes = {},
): PartDecision {
  const estimates = (sizedFiles(request) ?? []).map(({ path, size }) => estimatePackets(path, size));
  return {
    packetsPerTshark: undefined,
    reason,
    expectedBytes: bytesBeyond(packetLimit(wishes), estimates, request),
  };
}

/** How many packets one tshark may be given. */
function packetLimit({ memoryBytes = defaultMemoryBytes(), packetsPerTshark }: PartWishes): number {
  const share = Math.max(leastBytes, memoryBytes - ownBytes) - tsharkBytes;
  return packetsPerTshark ?? Math.max(fewestPackets, Math.floor(share / bytesPerPacket));
}

/** What one tshark is expected to hold, where its packets are more than the limit. */
function bytesBeyond(
  limit: number,
  estimates: readonly PacketEstimate[],
  { packetCount }: CaptureRequest<Schema>,
): number | undefined {
  const all = estimates.reduce((sum, { packets }) => sum + (packets ?? 0), 0);
  const expected = packetCount === undefined ? all : Math.min(all, Number(packetCount));
  return expected > limit ? tsharkBytes + expected * bytesPerPacket : undefined;
}

interface SizedFile {
  readonly path: string;
  readonly size: number;
}

function mostPackets(files: readonly SizedFile[]): number {
  return files.reduce((sum, { size }) => sum + size, 0) / smallestRecordBytes;
}

/** Undefined where one of them is no file, or there are none. */
function sizedFiles({ input, stream }: CaptureRequest<Schema>): readonly SizedFile[] | undefined {
  const files = stream === undefined ? filesOf(input).map((path) => ({ path, size: sizeOf(path) })) : [];
  const known = files.flatMap(({ path, size }) => (size === undefined ? [] : [{ path, size }]));
  return known.length === 0 || known.length < files.length ? undefined : known;
}

function sizeOf(path: string): number | undefined {
  // What other processes' descriptors lead to is read as it is opened.
  if (/^\/(?:dev|proc)\//.test(path)) return undefined;
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats?.isFile() === true && stats.size > 0 ? stats.size : undefined;
}
