import { closeSync, openSync } from 'node:fs';
import { isAtLeast } from '../tshark/version.ts';
import type { Schema } from '../table/schema.ts';
import type { CaptureRequest } from './capture-request.ts';
import { carriedPairOf } from './carried-pair.ts';
import { flowClass, flowOf, isKnownLink } from './flow-class.ts';
import { isIdleDatagram, mayNameDatagrams } from './idle-datagram.ts';
import { OddCapture, walkStep, type ReadBytes } from './packet-walk.ts';
import { endFields } from './tcp-flows.ts';
import type { ShardedOptions } from './sharded-reading.ts';
import { walkOver } from './walk-over.ts';

/** The layer operator, as in `tcp.srcport#2`. */
const oldestForShards = '4.0';

/** Fields whose values depend on packets of other flows. */
const betweenFlows =
  /\b(?:frame\.(?:number|time_delta(?:_displayed)?|time_relative)|tcp\.\w+(?:\.\w+)*_frame)\b/;
/** Rules that leave the layers below TCP as they are. */
const harmlessRule = /^(?:tcp|udp)\.port\s*==\s*\d+\s*,/;
/** As they are made by `bothFilters`: what is asked for, and beside it the user's filter. */
const withUsers = /^\((?<asked>[\w.() ]+)\) and \(.*\)$/s;

/**
 * Why a request is served by one process that reads the whole file; null where its packets may be parted by flow, as
 * far as the request alone tells. Pure.
 *
 * @param isLean - whether nothing is dissected but TCP, what is below it, and what carries it
 */
export function whyOneProcess(request: CaptureRequest<Schema>, isLean: boolean): string | null {
  const { tshark, input, schema, displayFilter = '', decodeAs = [], preferences = [], packetCount } = request;
  if (typeof input !== 'string') return 'files are joined';
  if (packetCount !== undefined) return 'a number of packets was given';
  if (!isAtLeast(tshark.version, oldestForShards)) return `tshark is older than ${oldestForShards}`;
  if (process.platform === 'win32') return 'there are no named pipes';
  if (!isLean) return 'dissectors above TCP are at work';
  if (request.resolveNames === true) return 'names are looked for in all packets';
  if (!selectsOnlyTcp(displayFilter)) return 'other packets than those with TCP are asked for';
  if ([...Object.keys(schema), displayFilter].some((text) => betweenFlows.test(text)))
    return 'a field is asked for that depends on other flows';
  if (!decodeAs.every((rule) => harmlessRule.test(rule.trim())))
    return 'a rule to decode by changes what is below TCP';
  if (!preferences.every((preference) => preference.trim().startsWith('tcp.')))
    return 'a preference changes more than TCP';
  return null;
}

/** Whether a packet without TCP never passes. */
function selectsOnlyTcp(displayFilter: string): boolean {
  const asked = withUsers.exec(displayFilter)?.groups?.['asked'] ?? displayFilter;
  return asked.split(/[\s()]+/).every((word) => /^(?:|or|tcp\.[\w.]+)$/.test(word)) && /\btcp\./.test(asked);
}

/** What TCP finds out from headers alone. */
const foundInHeaders = /^tcp\.analysis\.[\w.]+$/;

/**
 * Whether a request whose columns are told by TCP headers needs no more of a packet than IP and TCP headers: neither
 * its filter nor anything else looks at what is below or behind them. Pure.
 */
export function needsHeadersOnly({
  displayFilter = '',
  decodeAs = [],
  preferences = [],
}: Pick<CaptureRequest<Schema>, 'displayFilter' | 'decodeAs' | 'preferences'>): boolean {
  return (
    decodeAs.length === 0 &&
    preferences.length === 0 &&
    filterFields(displayFilter).every((field) => foundInHeaders.test(field))
  );
}

/**
 * Whether rows of packets that belong to no flow that can be told may count beside those of shards, where their
 * connections are not among the shards': all else that tells them from other rows must be among their columns. Pure.
 */
export function canCountRest(request: CaptureRequest<Schema>): boolean {
  const { schema, displayFilter, onlyTcpEnds = false } = request;
  return (
    onlyTcpEnds &&
    displayFilter !== undefined &&
    filterFields(displayFilter).every(
      (field) => foundInHeaders.test(field) && Object.hasOwn(schema, field),
    ) &&
    endFields.every((field) => !Object.hasOwn(schema, field) || schema[field] === 'text')
  );
}

/** Whether datagrams of UDP that do not look as if they carried packets may be left out: rows say if that was wrong. Pure. */
export function canLeaveDatagrams(request: CaptureRequest<Schema>): boolean {
  return canCountRest(request) && needsHeadersOnly(request);
}

/** The fields of a filter that asks for any of them. */
export function filterFields(displayFilter: string): string[] {
  return displayFilter.split(/[\s()]+/).filter((word) => word !== '' && word !== 'or');
}

/** What the first packets of a file tell. */
export interface CaptureStart {
  /** Why its packets cannot be walked over at all. */
  readonly odd: string | null;
  /** Why they are left to one process. */
  readonly oneProcess: string | null;
  /** Whether there are fragments of TCP segments. */
  readonly isFragmented: boolean;
  /** Whether something looks like TCP in a tunnel. */
  readonly isTunnelled: boolean;
  /** Whether one of them may name the ends of datagrams that look like any others: `idle-datagram.ts`. */
  readonly namesDatagrams: boolean;
  /** Whether most of them belong to no flow that can be told, so that sharing does not pay. */
  readonly isMostlyRest: boolean;
  /** Whether that is so even where datagrams that look like any others are left out. */
  readonly isMostlyCarried: boolean;
}

/**
 * Looks at the first megabytes of a capture.
 *
 * @param from - the path of a file, or what it begins with
 */
export function lookAtStart(from: string | Uint8Array): CaptureStart {
  let [packets, rest, datagrams, knownLinks] = [0, 0, 0, 0];
  let [isFragmented, isTunnelled, isNaming] = [false, false, false];
  let odd: string | null = null;
  let file: number | undefined;
  try {
    const opened = typeof from === 'string' ? openSync(from, 'r') : readMemory(from);
    if (typeof opened === 'number') file = opened;
    const walk = walkOver(opened);
    let readsLeft = 1;
    for (let isOver = false; !isOver;) {
      const step = walk.step();
      if (step === walkStep.packet) {
        const flow = flowOf(walk.bytes, walk.dataAt, walk.dataEnd, walk.linkType);
        packets += 1;
        if (flow === flowClass.rest) {
          rest += 1;
          if (isIdleDatagram(walk)) datagrams += 1;
          isTunnelled ||= carriedPairOf(walk.bytes, walk.dataAt, walk.dataEnd) >= 0;
          isNaming ||= mayNameDatagrams(walk);
        }
        if (flow === flowClass.fragment) isFragmented = true;
        if (isKnownLink(walk.linkType)) knownLinks += 1;
      } else if (step === walkStep.starved) isOver = readsLeft-- === 0 || !walk.readMore();
    }
  } catch (error) {
    // What cannot be read at all, whoever reads it next says better.
    odd = error instanceof OddCapture ? error.message : 'it could not be read';
  } finally {
    if (file !== undefined) closeSync(file);
  }
  const unknown = packets > 0 && knownLinks === 0 ? 'its link layer is not a common one' : null;
  return {
    odd,
    oneProcess: odd ?? unknown,
    isFragmented,
    isTunnelled,
    namesDatagrams: isNaming,
    isMostlyRest: rest * 2 > packets,
    isMostlyCarried: (rest - datagrams) * 2 > packets - datagrams,
  };
}

function readMemory(start: Uint8Array): ReadBytes {
  return (into, at, length, offset) => {
    const there = start.subarray(offset, offset + length);
    into.set(there, at);
    return there.length;
  };
}

export interface ShardWishes {
  /** `auto`: as many as pay. */
  readonly shards: number | 'auto';
  /** Processor cores for this file. */
  readonly cores: number;
  /** Bytes for all of this file's processes together. */
  readonly memoryBytes: number;
}

/** What one tshark holds without any packet, and for each one: measured with 4.0, and rounded up. */
const tsharkBytes = 170e6;
const bytesPerPacket = 300;
/** A tshark costs 0.15 s to start, in which another one reads as much as this. */
const bytesPerShard = 5e6;
/** The smallest packet with TCP, in the smallest record. */
const smallestRecordBytes = 56;
const fewestPackets = 200_000;

type StartForShards = Pick<CaptureStart, 'oneProcess' | 'isMostlyRest'> &
  Partial<Pick<CaptureStart, 'isFragmented' | 'isTunnelled' | 'namesDatagrams'>>;

/**
 * How many processes read a file, and how many packets each at most. Pure. One process without a limit on its packets
 * may read the file by itself.
 *
 * @param size - bytes of the file
 */
export function shardsFor(
  size: number,
  { shards, cores, memoryBytes }: ShardWishes,
  {
    oneProcess,
    isMostlyRest,
    isFragmented = false,
    isTunnelled = false,
    namesDatagrams = false,
  }: StartForShards,
): ShardedOptions {
  const paying = isMostlyRest ? 1 : Math.max(1, Math.min(cores, Math.floor(size / bytesPerShard)));
  const count = oneProcess === null ? (shards === 'auto' ? paying : shards) : 1;
  // With shards, one more tshark looks at what belongs to none.
  const share = memoryBytes / (count === 1 ? 1 : count + 1) - tsharkBytes;
  const packetsPerTshark = Math.max(fewestPackets, Math.floor(share / bytesPerPacket));
  const isLimited = size / smallestRecordBytes > packetsPerTshark;
  return {
    shards: count,
    packetsPerTshark: isLimited ? packetsPerTshark : undefined,
    keepsApart: (isFragmented || isTunnelled) && count > 1,
    keepsDatagrams: namesDatagrams && count > 1,
  };
}
