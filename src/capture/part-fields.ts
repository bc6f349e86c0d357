import { isNumberOrAddress } from '../tshark/filter-words.ts';
import type { Schema } from '../table/schema.ts';
import type { CaptureRequest } from './capture-request.ts';

/** What every packet tells by itself, whatever tshark has seen before it. */
const ofOnePacket = [
  /^frame\.(?:len|cap_len|time|time_epoch|interface_(?:id|name|description))$/,
  /^eth\.(?:src|dst|addr|type)$/,
  /^vlan\.(?:id|priority|etype)$/,
  /^ip\.(?:src|dst|addr|ttl|id|len|hdr_len|version|proto|dsfield|dsfield\.(?:dscp|ecn))$/,
  /^ipv6\.(?:src|dst|addr|hlim|flow|nxt|plen|tclass|version)$/,
  /^tcp\.(?:srcport|dstport|port|len|seq_raw|ack_raw|hdr_len|urgent_pointer|window_size_value)$/,
  /^tcp\.flags(?:\.(?:syn|ack|fin|reset|push|urg|str))?$/,
  /^tcp\.options\.(?:mss_val|wscale\.shift|timestamp\.tsval|timestamp\.tsecr|sack_perm)$/,
];

/** What tells of segments that were seen shortly before. */
const ofRecentPackets = [/^tcp\.analysis\.(?:ack_rtt|zero_window)$/];

/** Is counted over all packets: it is not tshark's that is given. */
const packetNumber = 'frame.number';

/** In a filter a protocol asks for nothing but whether it is there; as a column it is a text of many values. */
const presence: ReadonlySet<string> = new Set(['frame', 'eth', 'ip', 'ipv6', 'tcp']);
const filterWords: ReadonlySet<string> = new Set('and or not xor in eq ne gt lt ge le any all'.split(' '));

/**
 * Why one tshark has to read a whole capture for a request; null where tsharks that follow each other, and begin some
 * packets before their own ones, print the same. Pure.
 */
export function whyNoParts(request: Omit<CaptureRequest<Schema>, 'tshark'>): string | null {
  const { input, schema, displayFilter = '', packetCount } = request;
  if (process.platform === 'win32') return 'there are no named pipes';
  if (typeof input !== 'string') return 'files are joined';
  if (packetCount !== undefined) return 'a number of packets was given';
  if (request.isLean !== true) return 'dissectors above TCP are at work';
  if (request.resolveNames === true) return 'names are looked for in all packets';
  const numberType = schema[packetNumber] ?? 'uint32';
  if (numberType !== 'uint32' && numberType !== 'list<uint32>') return `"${packetNumber}" is no plain number`;
  const field = Object.keys(schema).find((name) => name !== packetNumber && !isOfFewPackets(name));
  if (field !== undefined) return `"${field}" can depend on all packets before`;
  const word = wordsOf(displayFilter).find((each) => !isHarmlessWord(each));
  return word === undefined ? null : `"${word}" in the display filter can depend on all packets before`;
}

function isOfFewPackets(field: string): boolean {
  return [...ofOnePacket, ...ofRecentPackets].some((pattern) => pattern.test(field));
}

/** All but the texts in quotes. The lean profile is for plain comparisons only: there is nothing more refined. */
function wordsOf(filter: string): readonly string[] {
  return filter.replace(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'/gs, ' ').match(/[\w.:-]+/g) ?? [];
}

function isHarmlessWord(word: string): boolean {
  return (
    filterWords.has(word.toLowerCase()) ||
    presence.has(word) ||
    isOfFewPackets(word) ||
    isNumberOrAddress(word)
  );
}
