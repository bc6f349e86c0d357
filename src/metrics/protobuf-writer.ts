/** Writes protobuf's wire format: fields one after the other, messages within messages, in one growing buffer. */
export class ProtobufWriter {
  #bytes: Uint8Array<ArrayBuffer>;
  #view: DataView;
  #length = 0;

  constructor(capacityBytes = 1024) {
    this.#bytes = new Uint8Array(capacityBytes);
    this.#view = new DataView(this.#bytes.buffer);
  }

  get length(): number {
    return this.#length;
  }

  /** Gives what was written, and begins anew. */
  take(): Uint8Array {
    const taken = this.#bytes.slice(0, this.#length);
    this.#length = 0;
    return taken;
  }

  /** `uint32`, `uint64`, `enum`; `int32` and `int64` that are not negative: a whole number below 2^53. */
  unsigned(field: number, value: number): void {
    this.#key(field, 0);
    this.varint(value);
  }

  /** `sint32`, `sint64`: a whole number, its size below 2^52. */
  signed(field: number, value: number): void {
    this.#key(field, 0);
    this.varint(zigzag(value));
  }

  double(field: number, value: number): void {
    this.#key(field, 1);
    this.#room(8);
    this.#view.setFloat64(this.#length, value, true);
    this.#length += 8;
  }

  /** `fixed64`, and a `double` whose very bits matter: those of a NaN do not survive as a number. */
  bits64(field: number, high: number, low: number): void {
    this.#key(field, 1);
    this.#room(8);
    this.#view.setUint32(this.#length, low, true);
    this.#view.setUint32(this.#length + 4, high, true);
    this.#length += 8;
  }

  string(field: number, text: string): void {
    this.message(field, () => {
      // A UTF-16 unit is three bytes at most.
      this.#room(text.length * 3);
      this.#length += encoder.encodeInto(text, this.#bytes.subarray(this.#length)).written;
    });
  }

  /** A packed repeated `sint64`. */
  packedSigned(field: number, values: readonly number[]): void {
    if (values.length === 0) return;
    this.message(field, () => {
      for (const value of values) this.varint(zigzag(value));
    });
  }

  /** @param write - writes the fields of the message */
  message(field: number, write: () => void): void {
    this.#key(field, 2);
    // Most are short: their length takes one byte, and the others are moved.
    this.#room(1);
    const start = ++this.#length;
    write();
    const size = this.#length - start;
    const more = varintLength(size) - 1;
    if (more > 0) {
      this.#room(more);
      this.#bytes.copyWithin(start + more, start, this.#length);
    }
    this.#length = start - 1;
    this.varint(size);
    this.#length += size;
  }

  /** @param value - a whole number from 0 to 2^53 */
  varint(value: number): void {
    this.#room(8);
    let rest = value;
    for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) this.#bytes[this.#length++] = (rest % 0x80) | 0x80;
    this.#bytes[this.#length++] = rest;
  }

  #key(field: number, wireType: number): void {
    this.varint(field * 8 + wireType);
  }

  #room(more: number): void {
    const needed = this.#length + more;
    if (needed <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
    larger.set(this.#bytes);
    this.#bytes = larger;
    this.#view = new DataView(larger.buffer);
  }
}

const encoder = new TextEncoder();

function zigzag(value: number): number {
  return value < 0 ? -2 * value - 1 : 2 * value;
}

function varintLength(value: number): number {
  let length = 1;
  for (let rest = value; rest >= 0x80; rest = Math.floor(rest / 0x80)) length += 1;
  return length;
}
