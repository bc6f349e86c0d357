import type { Column } from '../table/column.ts';
import type { Table } from '../table/table.ts';
import { occurrenceSeparator } from '../tshark/arguments.ts';
import { addressBytes } from './address-bytes.ts';
import { flowBetween } from './flow-class.ts';

/** Layers that can give a packet other ends than the addresses in its IP headers, as a home address can. */
const movesEnds = /(?:^|:)(?:ipv6\.routing|ipv6\.shim6|shim6|mip6)(?::|$)/;
/** A sender's other address. */
const homeField = 'ipv6.opt.mipv6.home_address';
/** How columns are printed where they have several occurrences. */
const separators = new RegExp(`[,${occurrenceSeparator}]`);

const addressFields = ['ip.src', 'ip.dst', 'ipv6.src', 'ipv6.dst'] as const;
const textFields = ['frame.protocols', 'tcp.srcport', 'tcp.dstport', ...addressFields] as const;
const addressesBehind = textFields.length - addressFields.length;
/** Which of the addresses are the ends of which layer. */
const fieldsOf = { ip: [0, 1], ipv6: [2, 3] } as const;

/** What packets are to be asked for, as text. */
export const endFields = [...textFields, homeField] as const;

/** Connections by the numbers of their flows. */
export type Connections = ReadonlyMap<number, ReadonlySet<string>>;

/** What the layers of a packet tell of its ends. */
interface Carrier {
  /** Where the addresses of the layer that carries the segment stand among {@link addressFields}. */
  readonly addressesAt: readonly [source: number, destination: number];
  /** How many layers of its protocol a packet has, and which of them carries the segment. */
  readonly layers: number;
  readonly own: number;
}

/** An address and a port behind it, as bytes. */
type End = Uint8Array;

/**
 * The connections of packets with TCP in them, by what tshark prints of them, as flows: with the addresses of the layer
 * that carries the segment, or all that a packet has where layers do not tell which those are.
 */
export class TcpFlows {
  /** Ends of connections by flows, two by two. */
  readonly #endsOf = new Map<number, End[]>();
  /** What has been looked at. */
  readonly #known = new Set<string>();
  readonly #carriers = new Map<string, Carrier | null>();
  readonly #addresses = new Map<string, Uint8Array | null>();
  /** Whether there is a packet whose ends cannot be told from its columns. */
  isUncertain = false;

  /** @param packets - with the columns `endFields`, as text */
  add(packets: Table): void {
    const some = packets.select(...endFields).distinct();
    const columns = textFields.map((field) => some.column(field) as Column<'text'>);
    const home = some.column(homeField);
    for (let row = 0; row < some.rowCount; row++) {
      const texts = columns.map((column) => column.get(row) ?? '');
      const key = texts.join(' ');
      if (!home.isNull(row)) this.isUncertain = true;
      else if (!this.#known.has(key) && !this.#addAll(texts)) this.isUncertain = true;
      this.#known.add(key);
    }
  }

  /** Those that have one of these flows. */
  among(flows: Uint32Array): Connections {
    const found = new Map<number, ReadonlySet<string>>();
    if (this.#endsOf.size === 0) return found;
    for (const flow of flows) {
      const ends = this.#endsOf.get(flow);
      if (ends !== undefined) found.set(flow, keysOf(ends));
    }
    return found;
  }

  /** @returns false where the ends are not to be told */
  #addAll(texts: readonly string[]): boolean {
    const [layers = '', portText = '', otherText = ''] = texts;
    const carrier = remembered(this.#carriers, layers, carrierOf);
    const [port, otherPort] = [portOf(portText), portOf(otherText)];
    if (carrier === null || port === null || otherPort === null) return false;
    const [source, destination] = carrier.addressesAt;
    const sources = this.#ends(texts[addressesBehind + source] ?? '', carrier, port);
    const destinations = this.#ends(texts[addressesBehind + destination] ?? '', carrier, otherPort);
    if (sources === null || destinations === null) return false;
    for (const one of sources) for (const other of destinations) this.#addOne(one, other);
    return true;
  }

  /** Null where an address is none. */
  #ends(text: string, carrier: Carrier, port: number): End[] | null {
    const ends: End[] = [];
    for (const each of carrying(text, carrier)) {
      const address = remembered(this.#addresses, each, addressBytes);
      if (address === null) return null;
      const end = new Uint8Array(address.length + 2);
      end.set(address);
      end[address.length] = port >> 8;
      end[address.length + 1] = port;
      ends.push(end);
    }
    return ends;
  }

  #addOne(one: End, other: End): void {
    const flow = flowBetween(one, other);
    const ends = this.#endsOf.get(flow);
    if (ends === undefined) this.#endsOf.set(flow, [one, other]);
    else ends.push(one, other);
  }
}

/** A text for a connection, the same in both directions: its ends are addresses with their ports behind them. */
export function connectionKey(one: End, other: End): string {
  return [one, other]
    .map((end) => Buffer.from(end).toString('hex'))
    .sort()
    .join(' ');
}

function keysOf(ends: readonly End[]): Set<string> {
  const keys = new Set<string>();
  ends.forEach((one, at) => {
    const other = ends[at + 1];
    if (at % 2 === 0 && other !== undefined) keys.add(connectionKey(one, other));
  });
  return keys;
}

function remembered<V>(known: Map<string, V>, text: string, find: (text: string) => V): V {
  const before = known.get(text);
  if (before !== undefined) return before;
  const found = find(text);
  known.set(text, found);
  return found;
}

/** Null where layers do not tell the ends. */
function carrierOf(text: string): Carrier | null {
  if (movesEnds.test(text)) return null;
  const all = text.split(':');
  const below = all.slice(0, all.indexOf('tcp'));
  const protocol = below.findLast((layer) => layer in fieldsOf);
  if (protocol === undefined) return null;
  const isSame = (layer: string) => layer === protocol;
  return {
    addressesAt: fieldsOf[protocol as keyof typeof fieldsOf],
    layers: all.filter(isSame).length,
    own: below.filter(isSame).length - 1,
  };
}

/** Those of a field's occurrences that may be of the layer that carries the segment. */
function carrying(text: string, { layers, own }: Carrier): readonly string[] {
  if (layers === 1 && !separators.test(text)) return [text];
  const occurrences = text.split(separators);
  return layers === occurrences.length ? occurrences.slice(own, own + 1) : occurrences;
}

/** Null where it is not one port. */
function portOf(text: string): number | null {
  if (!/^\d{1,5}$/.test(text)) return null;
  const port = Number(text);
  return port > 0xffff ? null : port;
}
