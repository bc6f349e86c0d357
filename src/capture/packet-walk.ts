/** A capture that holds something with which its packets cannot be parted safely. */
export class OddCapture extends Error {
  override readonly name = 'OddCapture';
}

/** What a step of a walk has come to. */
export const walkStep = {
  /** A packet: `start`, `end`, `dataAt`, `dataEnd` and `linkType` are its. */
  packet: 0,
  /** Something between packets that tells of all that follow: `start` and `end` are its. */
  header: 1,
  /** Nothing more in `bytes`: {@link PacketWalk.readMore}. */
  starved: 2,
} as const;

/** Reads up to `length` bytes from `offset` on into `into`, at `at`: how many there were, 0 at the end. */
export type ReadBytes = (into: Uint8Array, at: number, length: number, offset: number) => number;

/** A place in a capture. */
export interface WalkMark {
  readonly offset: number;
  readonly state: unknown;
}

const firstReadBytes = 1 << 20;
/** Longer blocks are not worth walking over. */
const largestRecordBytes = 1 << 26;
/** The most that tshark takes of one packet in the link layers that are looked into. */
const largestPacketBytes = 262_144;

/**
 * Walks over the records of a pcap or pcapng file, which are left as they are, and makes no objects on its way.
 *
 * Everything in which tshark could see another file than we do throws: what the standard knows and nobody writes, a
 * length that makes tshark guess at another variant of the format, a block whose packets tshark counts.
 */
export abstract class PacketWalk {
  /** What has been read and not yet left behind. May be written up to `start`. */
  bytes: Uint8Array = new Uint8Array(firstReadBytes);
  /** Where the current record begins, and behind it. */
  start = 0;
  end = 0;
  /** The packet in it. */
  dataAt = 0;
  dataEnd = 0;
  /** Bytes that it had on the wire. */
  originalLength = 0;
  linkType = -1;
  /** When it was captured, since the epoch: what {@link readTime} has found. */
  seconds = 0;
  nanoseconds = 0;
  protected filled = 0;
  readonly #read: ReadBytes;
  #offset = 0;

  /** @param read - gives the bytes of the capture, from its beginning */
  constructor(read: ReadBytes) {
    this.#read = read;
  }

  /** One of {@link walkStep}. @throws OddCapture */
  abstract step(): number;

  /** Finds the time of the current packet. @returns false where it is not certain how it is to be read */
  abstract readTime(): boolean;

  /** Where in the file the next record begins. */
  get offset(): number {
    return this.#offset - this.filled + this.end;
  }

  /** Goes back to where this walk has been before: to an offset, and to what was known of the packets there. */
  rewind({ offset, state }: WalkMark): void {
    this.#offset = offset;
    this.filled = 0;
    this.start = 0;
    this.end = 0;
    this.restore(state);
  }

  /** The place behind the current record, for {@link rewind}. */
  mark(): WalkMark {
    return { offset: this.offset, state: this.state() };
  }

  /** What the headers so far have told. */
  protected abstract state(): unknown;
  protected abstract restore(state: unknown): void;

  /**
   * Reads on: the bytes of whole records are gone, an unfinished one is at the beginning.
   *
   * @returns false at the end of the file: what is there from `start` to `end` is a record cut short, if anything
   */
  readMore(): boolean {
    const { bytes, end, filled } = this;
    const left = filled - end;
    if (left === bytes.length) {
      if (bytes.length >= largestRecordBytes) throw new OddCapture('it has a record of an odd length');
      this.bytes = new Uint8Array(bytes.length * 2);
    }
    if (left > 0) this.bytes.set(bytes.subarray(end, filled), 0);
    const read = this.#read(this.bytes, left, this.bytes.length - left, this.#offset);
    this.#offset += read;
    this.filled = left + read;
    this.start = 0;
    this.end = read === 0 ? left : 0;
    return read > 0;
  }

  /** @throws OddCapture for what makes tshark guess at another format, or refuse the packet */
  protected checkLengths(captured: number, original: number, snapLength: number): void {
    this.originalLength = original;
    const limit = snapLength === 0 ? largestPacketBytes : Math.min(snapLength, largestPacketBytes);
    if (captured > limit || captured > original || original > 0x0400_0000)
      throw new OddCapture('it has a packet of an odd length');
  }

  protected u32(at: number, littleEndian: boolean): number {
    const { bytes } = this;
    // One by one, since an array of them is one more object for each number until this is compiled well.
    const a = bytes[at] ?? 0;
    const b = bytes[at + 1] ?? 0;
    const c = bytes[at + 2] ?? 0;
    const d = bytes[at + 3] ?? 0;
    const number = littleEndian ? (d << 24) | (c << 16) | (b << 8) | a : (a << 24) | (b << 16) | (c << 8) | d;
    return number >>> 0;
  }
}
