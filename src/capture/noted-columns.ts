import { Column } from '../table/column.ts';
import type { Schema } from '../table/schema.ts';
import { Table } from '../table/table.ts';
import { ipv4Text, ipv6Text } from './address-text.ts';
import { mostSeconds, writeNanoseconds } from './decimal-bytes.ts';
import { addressesAt, connectionBytes, notNoted, portsAt, type PacketNotes } from './packet-notes.ts';

/** What notes of packets tell of them, as text; null where the packet has none. */
type NotedText = (ends: Ends) => string | null;

interface Ends {
  readonly isIpv6: boolean;
  readonly addresses: readonly [string, string];
  readonly ports: readonly [string, string];
}

const timeField = 'frame.time_epoch';

const texts: Readonly<Record<string, NotedText>> = {
  // Whoever looks for the layer that carries the segment needs no more of them.
  'frame.protocols': ({ isIpv6 }) => (isIpv6 ? 'ipv6:tcp' : 'ip:tcp'),
  'ip.src': ({ isIpv6, addresses }) => (isIpv6 ? null : addresses[0]),
  'ip.dst': ({ isIpv6, addresses }) => (isIpv6 ? null : addresses[1]),
  'ipv6.src': ({ isIpv6, addresses }) => (isIpv6 ? addresses[0] : null),
  'ipv6.dst': ({ isIpv6, addresses }) => (isIpv6 ? addresses[1] : null),
  'tcp.srcport': ({ ports }) => ports[0],
  'tcp.dstport': ({ ports }) => ports[1],
};

/** The fields of a schema that notes tell, so that tshark need not print them. */
export function notedFields(schema: Schema): string[] {
  return Object.entries(schema)
    .filter(([field, type]) => (field === timeField ? type === 'time' : field in texts && type === 'text'))
    .map(([field]) => field);
}

/** Makes columns for the rows of a chunk from what was noted of their packets. */
export class NotedColumns {
  readonly #times: BigInt64Array<ArrayBuffer>;
  readonly #words: Uint32Array;
  /** For each row the number of its ends. */
  readonly #endsOf: Uint32Array<ArrayBuffer>;
  readonly #ends: Ends[] = [];
  #notes: PacketNotes | undefined;
  /** The numbers that the ends of these notes have here, plus one. */
  #known = new Uint32Array(0);
  /** Whether there is a row of whose packet nothing could be noted. */
  isLacking = false;

  constructor(rowCount: number) {
    this.#times = new BigInt64Array(rowCount);
    this.#words = new Uint32Array(this.#times.buffer);
    this.#endsOf = new Uint32Array(rowCount);
  }

  /** @param at - of the row's packet in the notes */
  setRow(row: number, notes: PacketNotes, at: number): void {
    if (notes !== this.#notes) {
      this.#notes = notes;
      this.#known = new Uint32Array((notes.connections.length / connectionBytes) * 2);
    }
    const noted = notes.ends[at] ?? notNoted;
    const seconds = notes.seconds[at] ?? 0;
    const ends =
      noted === notNoted || seconds > mostSeconds ? 0 : (this.#known[noted] ?? 0) || this.#read(noted);
    if (ends === 0) {
      this.isLacking = true;
      return;
    }
    this.#endsOf[row] = ends - 1;
    writeNanoseconds(seconds, notes.nanoseconds[at] ?? 0, this.#words, row);
  }

  /** The columns of a schema: those that tshark has printed, and those that it need not. */
  complete<S extends Schema>(packets: Table, schema: S): Table<S> {
    const columns = Object.keys(schema).map((name): [string, Column] => {
      if (Object.hasOwn(packets.schema, name)) return [name, packets.column(name)];
      if (name === timeField) return [name, new Column({ type: 'time', values: this.#times })];
      const textOf = texts[name];
      if (textOf === undefined) throw new Error(`Nothing is noted of ${name}.`);
      return [name, this.#text(textOf)];
    });
    return new Table(Object.fromEntries(columns)) as unknown as Table<S>;
  }

  #text(textOf: NotedText): Column<'text'> {
    const codes = new Map<string, number>();
    const codeOfEnds = new Uint32Array(this.#ends.length);
    const isThere = new Uint8Array(this.#ends.length);
    this.#ends.forEach((ends, number) => {
      const text = textOf(ends);
      if (text === null) return;
      const code = codes.get(text) ?? codes.size;
      codes.set(text, code);
      codeOfEnds[number] = code;
      isThere[number] = 1;
    });
    const values = this.#endsOf.map((ends) => codeOfEnds[ends] ?? 0);
    const validity = isThere.includes(0)
      ? Uint8Array.from(this.#endsOf, (ends) => isThere[ends] ?? 0)
      : undefined;
    return new Column({ type: 'text', values, validity, dictionary: [...codes.keys()] });
  }

  /** @returns 0 where it is not certain how tshark prints them */
  #read(noted: number): number {
    const bytes = this.#notes?.connections ?? new Uint8Array(0);
    const at = (noted >>> 1) * connectionBytes;
    const isIpv6 = bytes[at] === 6;
    const [one, other] = addressesAt.map((offset) => (isIpv6 ? ipv6Text : ipv4Text)(bytes, at + offset));
    if (typeof one !== 'string' || typeof other !== 'string') return 0;
    const [port = '', otherPort = ''] = [0, 2].map((offset) =>
      String(((bytes[at + portsAt + offset] ?? 0) << 8) | (bytes[at + portsAt + offset + 1] ?? 0)),
    );
    const ends: Ends =
      noted % 2 === 0
        ? { isIpv6, addresses: [one, other], ports: [port, otherPort] }
        : { isIpv6, addresses: [other, one], ports: [otherPort, port] };
    return (this.#known[noted] = this.#ends.push(ends));
  }
}
