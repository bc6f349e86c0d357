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
/** Which of the addresses are the ends of which layer. */
const fieldsOf = { ip: [0, 1], ipv6: [2, 3] } as const;

/** What packets are to be asked for, as text. */
export const endFields = [...textFields, homeField] as const;

/** Connections by the numbers of their flows. */
export type Connections = ReadonlyMap<number, ReadonlySet<string>>;

/**
 * The connections of packets with TCP in them, by what tshark prints of them, as flows: with the addresses of the layer
 * that carries the segment, or all that a packet has where layers do not tell which those are.
 */
export class TcpFlows {
  readonly #connections = new Map<number, Set<string>>();
  /** What has been looked at. */
  readonly #known = new Set<string>();
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
    if (this.#connections.size === 0) return found;
    for (const flow of flows) {
      const connections = this.#connections.get(flow);
      if (connections !== undefined) found.set(flow, connections);
    }
    return found;
  }

  /** @returns false where the ends are not to be told */
  #addAll([layersText = '', port = '', otherPort = '', ...addresses]: readonly string[]): boolean {
    if (movesEnds.test(layersText)) return false;
    const [ofPort, ofOther] = [bytesOfPort(port), bytesOfPort(otherPort)];
    if (ofPort === null || ofOther === null) return false;
    const layers = layersText.split(':');
    const carrier = layers.slice(0, layers.indexOf('tcp')).findLast((layer) => layer in fieldsOf);
    if (carrier === undefined) return false;
    const [at, otherAt] = fieldsOf[carrier as keyof typeof fieldsOf];
    const [sources, destinations] = [addresses[at] ?? '', addresses[otherAt] ?? ''].map((text) =>
      carrying(text, carrier, layers).map(addressBytes),
    );
    for (const source of sources ?? [])
      for (const destination of destinations ?? []) {
        if (source === null || destination === null) return false;
        this.#addOne(Uint8Array.of(...source, ...ofPort), Uint8Array.of(...destination, ...ofOther));
      }
    return true;
  }

  #addOne(one: Uint8Array, other: Uint8Array): void {
    const flow = flowBetween(one, other);
    const connections = this.#connections.get(flow) ?? new Set();
    connections.add(connectionKey(one, other));
    this.#connections.set(flow, connections);
  }
}

/** A text for a connection, the same in both directions: its ends are addresses with their ports behind them. */
export function connectionKey(one: Uint8Array, other: Uint8Array): string {
  return [one, other]
    .map((end) => Buffer.from(end).toString('hex'))
    .sort()
    .join(' ');
}

/** Those of a field's occurrences that may be of the last layer of its protocol before TCP. */
function carrying(text: string, protocol: string, layers: readonly string[]): readonly string[] {
  const occurrences = text.split(separators);
  const before = layers.slice(0, layers.indexOf('tcp')).filter((layer) => layer === protocol).length;
  const all = layers.filter((layer) => layer === protocol).length;
  return all === occurrences.length ? occurrences.slice(before - 1, before) : occurrences;
}

/** Null where it is not one port. */
function bytesOfPort(text: string): readonly [number, number] | null {
  if (!/^\d{1,5}$/.test(text)) return null;
  const port = Number(text);
  return port > 0xffff ? null : [port >> 8, port & 0xff];
}
