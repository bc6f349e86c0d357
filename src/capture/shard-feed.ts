import { closeSync, openSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { flowClass, flowOf } from './flow-class.ts';
import { findPacket, noPacket } from './found-packet.ts';
import { FlowSet } from './flow-set.ts';
import { FlowShares } from './flow-shares.ts';
import { cutRecord, HeaderRecords, recordsHeader } from './header-records.ts';
import { isIdleDatagram } from './idle-datagram.ts';
import { PacketNoter, type PacketNotes } from './packet-notes.ts';
import { OddCapture, walkStep, type PacketWalk, type ReadBytes, type WalkMark } from './packet-walk.ts';
import type { ByteSink } from './pipe-writer.ts';
import { walkOver } from './walk-over.ts';

/** Which packets of a capture go to one tshark. */
export type Share =
  /** All of them. */
  | { readonly kind: 'all' }
  /** Those of the flows that fall to shard `index` of `count`. */
  | ({
      readonly kind: 'flows';
      readonly index: number;
      readonly count: number;
      /** Whether what the packets tell of themselves is noted. */
      readonly isNoted?: boolean | undefined;
      /** Whether its packets are given without their link layers and payloads, where they are noted. */
      readonly isHeaders?: boolean | undefined;
      /** Whether it tells, in the end, the flows of all shards. */
      readonly tellsFlows?: boolean | undefined;
    } & RestShare)
  /** Those that may carry TCP but belong to no flow that can be told. */
  | ({ readonly kind: 'rest' } & RestShare);

/** What belongs to the rest. */
export interface RestShare {
  /** Pairs of addresses whose segments, and fragments, do; without them, fragments are odd. */
  readonly apart?: ReadonlySet<number> | undefined;
  /** Whether datagrams of UDP that do not look as if they carried packets don't. */
  readonly leavesDatagrams?: boolean | undefined;
}

/** Why packets with fragments cannot be parted, by who does not know between whom they are. */
export const fragmentsAreOdd = 'it has fragments of TCP segments';

/** Why feeding paused. */
export type FeedPause =
  /** The file is at its end. */
  | { readonly kind: 'end'; readonly isCut: boolean; readonly flows?: Uint32Array<ArrayBuffer> | undefined }
  /** As many packets were given as were asked for, and there are more. */
  | { readonly kind: 'limit' }
  /** The share's first packet was met and is not given yet: there is no pipe. */
  | { readonly kind: 'wanted' };

export interface FeedOptions {
  /**
   * Is told the numbers, in the whole capture and from 1 on, of packets that are about to be given, and how many of the
   * share's packets are before them; and what was noted of them, where it is.
   */
  readonly onNumbers: (numbers: Uint32Array<ArrayBuffer>, before: number, notes?: PacketNotes) => void;
  /** Is told how far it has come: bytes of the file, and packets. */
  readonly onPlace?: (offset: number, met: number) => void;
  /** Is told of the first packet that may carry TCP but belongs to no flow that can be told. */
  readonly onRest?: () => void;
}

/** A place to begin again from: how many packets had been given, and met, by there. */
interface Place {
  readonly given: number;
  readonly met: number;
  readonly headers: number;
  readonly mark: WalkMark;
}

const mostHeaderBytes = 1 << 24;

/**
 * Walks over a capture file and writes those records that belong to one share into a pipe, as they are; all else that a
 * file holds is written for every share. Walks a megabyte at a time, so that several can take turns.
 */
export class ShardFeed {
  readonly #file: number | undefined;
  readonly #walk: PacketWalk;
  readonly #share: Share;
  readonly #options: FeedOptions;
  readonly #places: Place[] = [];
  /** What was met between the packets so far. */
  readonly #headers: Uint8Array[] = [];
  #headerBytes = 0;
  #pipe: ByteSink | undefined;
  #given = 0;
  #met = 0;
  /** The most that were ever met: there may have been a way back. */
  #mostMet = 0;
  readonly #shares: FlowShares | undefined;
  readonly #flows: FlowSet | undefined;
  readonly #apart: ReadonlySet<number> | undefined;
  readonly #leavesDatagrams: boolean;
  #isRestTold = false;
  readonly #noter: PacketNoter | undefined;
  readonly #records: HeaderRecords | undefined;
  /** Of the current packet, where it belongs to a flow. */
  readonly #found = noPacket();
  #numbers = new Uint32Array(1024);
  #numberCount = 0;
  /** Bytes at the beginning of the walk's that wait to be written. */
  #kept = 0;
  /** Whether the walk's current record has been met, but not been given. */
  #isHeld = false;

  /**
   * @param from - the path of a file, or what reads one
   * @throws OddCapture for a format whose packets are not walked over
   */
  constructor(from: string | ReadBytes, share: Share, options: FeedOptions) {
    const opened = typeof from === 'string' ? openSync(from, 'r') : from;
    if (typeof opened === 'number') this.#file = opened;
    this.#walk = walkOver(opened);
    this.#share = share;
    this.#options = options;
    const { apart, leavesDatagrams = false }: RestShare = share.kind === 'all' ? {} : share;
    this.#apart = apart;
    this.#leavesDatagrams = leavesDatagrams;
    if (share.kind !== 'flows') return;
    this.#shares = new FlowShares(share.count);
    if (share.tellsFlows === true) this.#flows = new FlowSet();
    if (share.isNoted === true) this.#noter = new PacketNoter();
    if (share.isNoted === true && share.isHeaders === true) this.#records = new HeaderRecords();
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
  }

  /**
   * Writes into a pipe from where the last call paused.
   *
   * @param pipe - undefined where a pipe is wanted only when there is a packet for it
   * @param upTo - pause when so many packets have been given since the beginning of the file
   * @throws OddCapture what makes it unsafe to part the packets; system errors of the file and the pipe
   */
  async feed(pipe: ByteSink | undefined, upTo = Infinity): Promise<FeedPause> {
    this.#pipe = pipe;
    for (const header of this.#headers) await pipe?.write(header);
    if (this.#records !== undefined) await pipe?.write(recordsHeader);
    if (this.#isHeld) this.#give();
    for (;;) {
      const pause = this.#walkOn(upTo);
      if (pause?.kind === 'wanted') return pause;
      await this.#flush();
      if (pause !== undefined) return pause;
      if (!(await this.#readMore())) return await this.#atEnd();
    }
  }

  /** @returns undefined where more is to be read */
  #walkOn(upTo: number): FeedPause | undefined {
    const walk = this.#walk;
    for (;;) {
      if (this.#given >= upTo) return { kind: 'limit' };
      const step = walk.step();
      if (step === walkStep.packet) {
        this.#met += 1;
        if (this.#share.kind !== 'all' && !this.#isOwn()) continue;
        if (this.#pipe === undefined) {
          this.#isHeld = true;
          return { kind: 'wanted' };
        }
        this.#give();
      } else if (step === walkStep.header) this.#header();
      else return undefined;
    }
  }

  /** Goes back so that at least the last `packets` ones before `given` are given again. */
  goBack(given: number, packets: number): void {
    const wanted = Math.max(0, given - packets);
    const place = this.#places.findLast((each) => each.given <= wanted) ?? this.#places[0];
    if (place === undefined) throw new Error('Nothing has been read yet.');
    this.#walk.rewind(place.mark);
    this.#given = place.given;
    this.#met = place.met;
    this.#headers.length = place.headers;
    this.#kept = 0;
    this.#numberCount = 0;
    this.#noter?.forget();
    this.#isHeld = false;
  }

  #isOwn(): boolean {
    const { bytes, dataAt, dataEnd, linkType } = this.#walk;
    const flow = flowOf(bytes, dataAt, dataEnd, linkType, this.#apart);
    const isNew = this.#met > this.#mostMet;
    if (isNew) this.#mostMet = this.#met;
    this.#found.flow = flow;
    if (flow >= 0) {
      const share = this.#share;
      this.#flows?.add(flow);
      return share.kind === 'flows' && this.#shares?.shardOf(flow, isNew) === share.index;
    }
    if (flow === flowClass.idle) return false;
    if (flow === flowClass.fragment && this.#apart === undefined) throw new OddCapture(fragmentsAreOdd);
    return this.#isOfRest();
  }

  /** @returns whether a packet of no flow is for this share */
  #isOfRest(): boolean {
    const isRest = this.#share.kind === 'rest';
    if (!isRest && this.#isRestTold) return false;
    if (this.#leavesDatagrams && isIdleDatagram(this.#walk)) return false;
    if (!this.#isRestTold) this.#options.onRest?.();
    this.#isRestTold = true;
    return isRest;
  }

  #give(): void {
    this.#isHeld = false;
    if (this.#numberCount === this.#numbers.length) {
      const larger = new Uint32Array(this.#numbers.length * 2);
      larger.set(this.#numbers);
      this.#numbers = larger;
    }
    this.#numbers[this.#numberCount++] = this.#met;
    this.#given += 1;
    const walk = this.#walk;
    if (this.#noter !== undefined) {
      findPacket(walk, this.#found);
      this.#noter.note(walk, this.#found);
    }
    if (this.#records === undefined) this.#copy(walk.bytes, walk.start, walk.end);
    else this.#kept = this.#records.write(walk, this.#kept, this.#found);
  }

  #copy(bytes: Uint8Array, start: number, end: number): void {
    if (this.#kept !== start) bytes.copyWithin(this.#kept, start, end);
    this.#kept += end - start;
  }

  #header(): void {
    // Of records of our own, the beginning is too.
    if (this.#records !== undefined) return;
    const { bytes, start, end } = this.#walk;
    this.#headers.push(bytes.slice(start, end));
    this.#headerBytes += end - start;
    if (this.#headerBytes > mostHeaderBytes) throw new OddCapture('it has more than packets in it');
    if (this.#pipe !== undefined) this.#copy(bytes, start, end);
  }

  async #readMore(): Promise<boolean> {
    const place = { given: this.#given, met: this.#met, headers: this.#headers.length };
    const last = this.#places.at(-1);
    if (last === undefined || last.met < place.met) this.#places.push({ ...place, mark: this.#walk.mark() });
    // Before there may be a wait for more.
    this.#options.onPlace?.(this.#walk.offset, this.#met);
    await setImmediate();
    return this.#walk.readMore();
  }

  async #flush(): Promise<void> {
    if (this.#numberCount > 0) {
      const numbers = this.#numbers.slice(0, this.#numberCount);
      this.#options.onNumbers(numbers, this.#given - this.#numberCount, this.#noter?.take());
    }
    this.#numberCount = 0;
    if (this.#kept > 0) await this.#pipe?.write(this.#walk.bytes.subarray(0, this.#kept));
    this.#kept = 0;
  }

  /** What is left of a record that is cut short goes to the first one, whose tshark then says what it says of it. */
  async #atEnd(): Promise<FeedPause> {
    const { bytes, start, end } = this.#walk;
    const isCut = end > start;
    const isFirst = this.#share.kind === 'all' || (this.#share.kind === 'flows' && this.#share.index === 0);
    if (isCut && isFirst)
      await this.#pipe?.write(this.#records === undefined ? bytes.subarray(start, end) : cutRecord);
    return { kind: 'end', isCut, flows: this.#flows?.toArray() };
  }
}
