import { Column } from '../table/column.ts';
import type { Schema } from '../table/schema.ts';
import { Table } from '../table/table.ts';
import { ipv4Text, ipv6Text } from './address-text.ts';
import { mostSeconds, writeNanoseconds } from './decimal-bytes.ts';
import { addressesAt, connectionBytes, notNoted, portsAt, type PacketNotes } from './packet-notes.ts';

const timeField = 'frame.time_epoch';

/** What notes of packets tell of them, as text: of IPv4, of IPv6, or of both. */
interface NotedText {
  readonly family?: 4 | 6;
  readonly part: 'layers' | 'source' | 'destination' | 'port' | 'otherPort';
}

const texts: Readonly<Record<string, NotedText>> = {
  'frame.protocols': { part: 'layers' },
  'ip.src': { family: 4, part: 'source' },
  'ip.dst': { family: 4, part: 'destination' },
  'ipv6.src': { family: 6, part: 'source' },
  'ipv6.dst': { family: 6, part: 'destination' },
  'tcp.srcport': { part: 'port' },
  'tcp.dstport': { part: 'otherPort' },
};

/** Codes of texts in these columns. */
interface Ends extends Readonly<Record<NotedText['part'], number>> {
  readonly family: 4 | 6;
}

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
  /** All addresses and ports of these rows. What columns of both sides stand for is told apart by codes only. */
  readonly #codes = new Map<string, number>();
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

  #text({ family, part }: NotedText): Column<'text'> {
    const rows = this.#endsOf;
    // Loops, since these arrays are long: what `from` and `map` do for each element takes several times as long.
    const codeOfEnds = new Uint32Array(this.#ends.length);
    const isThere = new Uint8Array(this.#ends.length);
    for (let at = 0; at < isThere.length; at++) {
      const ends = this.#ends[at];
      codeOfEnds[at] = ends?.[part] ?? 0;
      isThere[at] = family === undefined || ends?.family === family ? 1 : 0;
    }
    const values = new Uint32Array(rows.length);
    for (let row = 0; row < rows.length; row++) values[row] = codeOfEnds[rows[row] ?? 0] ?? 0;
    const dictionary = [...this.#codes.keys()];
    if (!isThere.includes(0)) return new Column({ type: 'text', values, dictionary });
    const validity = new Uint8Array(rows.length);
    for (let row = 0; row < rows.length; row++) validity[row] = isThere[rows[row] ?? 0] ?? 0;
    return new Column({ type: 'text', values, validity, dictionary });
  }

  #codeOf(text: string): number {
    const known = this.#codes.get(text);
    if (known !== undefined) return known;
    this.#codes.set(text, this.#codes.size);
    return this.#codes.size - 1;
  }

  /** @returns 0 where it is not certain how tshark prints them */
  #read(noted: number): number {
    const bytes = this.#notes?.connections ?? new Uint8Array(0);
    const at = (noted >>> 1) * connectionBytes;
    const isIpv6 = bytes[at] === 6;
    const [one, other] = addressesAt.map((offset) => (isIpv6 ? ipv6Text : ipv4Text)(bytes, at + offset));
    if (typeof one !== 'string' || typeof other !== 'string') return 0;
    const [first, second] = [this.#codeOf(one), this.#codeOf(other)];
    const [port = 0, otherPort = 0] = [0, 2].map((offset) =>
      this.#codeOf(
        String(((bytes[at + portsAt + offset] ?? 0) << 8) | (bytes[at + portsAt + offset + 1] ?? 0)),
      ),
    );
    // Whoever looks for the layer that carries the segment needs no more of them.
    const layers = this.#codeOf(isIpv6 ? 'ipv6:tcp' : 'ip:tcp');
    const family = isIpv6 ? 6 : 4;
    const ends: Ends =
      noted % 2 === 0
        ? { family, layers, source: first, destination: second, port, otherPort }
        : { family, layers, source: second, destination: first, port: otherPort, otherPort: port };
    return (this.#known[noted] = this.#ends.push(ends));
  }
}
