import { setTimeout as sleep } from 'node:timers/promises';
import type { AnyTable } from '../table/table.ts';
import type { ChildEnding } from '../tshark/child-process.ts';
import { Generation, type GenerationRequest } from './generation.ts';
import { Overlap } from './overlap.ts';
import type { PacketBatch } from './packet-batch.ts';
import { PacketClock } from './packet-clock.ts';
import { RecentPackets } from './recent-packets.ts';
import { RestartPause } from './restart-pause.ts';
import { lastPacket, rowsFrom, type RowSpan } from './row-span.ts';

/** When the next tshark is started, and for how long both are fed. */
export interface GenerationLimits {
  /** Packets that one tshark sees before the next is started. */
  readonly packets: number;
  /** Memory that one tshark holds before the next is started; looked at every second, where the system tells. */
  readonly memoryBytes: number;
  /** How long old and new are fed the same packets, by the packets' own time; at least so long. */
  readonly overlapSeconds: number;
}

export type ChainEvent =
  | { readonly kind: 'generation_started'; readonly generation: number; readonly why: 'packets' | 'memory' }
  | { readonly kind: 'generation_followed'; readonly generation: number; readonly differences: number }
  | {
      readonly kind: 'tshark_died';
      readonly ending: ChildEnding;
      readonly hung: boolean;
      /** Null where its follower was there already. */
      readonly pauseMs: number | null;
    }
  | { readonly kind: 'tshark_restarted'; readonly afterMs: number; readonly lostPackets: number }
  | { readonly kind: 'tshark_not_started'; readonly error: unknown; readonly pauseMs: number };

export interface ChainOptions {
  readonly request: GenerationRequest;
  /** The column whose values are compared when one tshark follows the other. */
  readonly valueField: string;
  readonly prelude: () => Buffer;
  readonly limits: GenerationLimits;
  readonly longestPauseMs: number;
  /** Packets that are kept to be fed to the successor of a tshark that died. */
  readonly replayBytes: number;
  /** A tshark that has packets before it and takes none for so long is killed. */
  readonly hungAfterMs: number;
  /** Takes rows in the order of their packets; each row once. */
  readonly onRows: (rows: AnyTable) => void;
  readonly onEvent: (event: ChainEvent) => void;
  /** Called when packets that waited have been taken. */
  readonly onDrain: () => void;
}

interface Member {
  readonly generation: Generation;
  readonly number: number;
  readonly startedAtMs: number;
  /** Rows of packets before this one are another's. */
  firstWanted: number;
  /** Rows that wait for those of the one before. */
  held: RowSpan[];
  /** Settles when the one before it has given all its rows. */
  before: Promise<void>;
  /** Settles when this one has. */
  gone: Promise<void>;
  hung: boolean;
  taken: { bytes: number; atMs: number };
}

/**
 * tshark processes that follow each other, so that none grows for ever: what looks from outside like one tshark that
 * reads all packets and prints a row for each sample.
 *
 * When one has seen enough, the next is started and fed the same packets. When both give the same rows, the old one is
 * told that there are no more packets, prints what it has left, and ends; rows of later packets are the new one's, and
 * wait until the old one has ended. The cut is a packet, so that no sample is lost or counted twice.
 *
 * One that dies is replaced by its follower, or by a new one that is fed the latest packets again.
 */
export class GenerationChain {
  readonly #options: ChainOptions;
  readonly #recent: RecentPackets;
  readonly #pause: RestartPause;
  #nextPacket = 0;
  #current: Member | undefined;
  /** Runs beside the current one, and will follow it. */
  #next: Member | undefined;
  /** Was followed, and still prints its last rows. */
  #leaving: Member | undefined;
  #overlap: { readonly rows: Overlap; readonly clock: PacketClock } | undefined;
  #startingNext = false;
  #nextNotBeforeMs = 0;
  #lastOwed = -1;
  #deathsHere = 0;
  /** Bytes that came while there was no tshark to feed them to. */
  #waitingBytes = 0;
  #tooLarge = false;
  #finishing = false;
  #stopping = false;
  #generations = 0;
  #differences = 0;
  #malformed = { rows: 0, values: 0 };
  #timer: NodeJS.Timeout | undefined;
  readonly #stopped = new AbortController();
  #end: () => void = () => undefined;
  readonly #done: Promise<void>;

  constructor(options: ChainOptions) {
    this.#options = options;
    this.#recent = new RecentPackets(options.replayBytes);
    this.#pause = new RestartPause({ firstMs: 50, longestMs: options.longestPauseMs });
    this.#done = new Promise((resolve) => {
      this.#end = () => {
        clearInterval(this.#timer);
        resolve();
      };
    });
  }

  /** Starts the first tshark. */
  async start(): Promise<void> {
    this.#current = await this.#launch();
    this.#begin(this.#current, this.#nextPacket);
    this.#timer = setInterval(() => {
      this.#look();
    }, 1000);
    this.#timer.unref();
  }

  /** How many were started, the first included. */
  get generations(): number {
    return this.#generations;
  }

  /** Rows in which an old one and a new one did not agree when one followed the other. */
  get differences(): number {
    return this.#differences;
  }

  get malformedRows(): number {
    return (
      this.#malformed.rows +
      this.#members().reduce((sum, { generation }) => sum + generation.counts.malformedRows, 0)
    );
  }

  get malformedValues(): number {
    return (
      this.#malformed.values +
      this.#members().reduce((sum, { generation }) => sum + generation.counts.malformedValues, 0)
    );
  }

  /** Packets that were fed so far. */
  get packets(): number {
    return this.#nextPacket;
  }

  /** Bytes that wait to be read, by the slower one where there are two. */
  get backlogBytes(): number {
    return Math.max(this.#waitingBytes, ...this.#members().map(({ generation }) => generation.backlogBytes));
  }

  /** Of all that run; null where the system does not tell. */
  memoryBytes(): number | null {
    const all = this.#members().map(({ generation }) => generation.memoryBytes());
    return all.includes(null) ? null : all.reduce<number>((sum, bytes) => sum + (bytes ?? 0), 0);
  }

  pids(): number[] {
    return this.#members().flatMap(({ generation }) => generation.pid ?? []);
  }

  feed(batch: PacketBatch): void {
    this.#recent.add(this.#nextPacket, batch);
    if (this.#current === undefined) this.#waitingBytes += batch.byteLength;
    this.#current?.generation.feed(batch, 'with descriptions');
    this.#next?.generation.feed(batch, 'with descriptions');
    this.#nextPacket += batch.packets;
    this.#overlap?.clock.add(batch);
    this.#follow();
  }

  /** No more packets come; settles when every row has been given. */
  async finish(): Promise<void> {
    this.#finishing = true;
    const next = this.#next;
    this.#next = undefined;
    await next?.generation.stop();
    this.#current?.generation.finish();
    if (this.#members().length === 0 && !this.#isWaiting()) this.#end();
    await this.#done;
  }

  /** Ends all at once, whatever they have still to say. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#stopped.abort();
    await Promise.all(this.#members().map(({ generation }) => generation.stop()));
    this.#end();
  }

  #members(): Member[] {
    return [this.#current, this.#next, this.#leaving].filter((member) => member !== undefined);
  }

  /** Whether the current one died and the one that replaces it is not there yet. */
  #isWaiting(): boolean {
    return this.#current === undefined && !this.#stopping;
  }

  async #launch(): Promise<Member> {
    const generation = await Generation.start(this.#options.request);
    this.#generations += 1;
    generation.onDrain(this.#options.onDrain);
    const startedAtMs = performance.now();
    return {
      generation,
      number: this.#generations,
      startedAtMs,
      firstWanted: 0,
      held: [],
      before: Promise.resolve(),
      gone: Promise.resolve(),
      hung: false,
      taken: { bytes: 0, atMs: startedAtMs },
    };
  }

  /** From here on it is fed, and its rows are taken. */
  #begin(member: Member, base: number): void {
    member.generation.begin(base, this.#options.prelude());
    member.gone = this.#read(member);
  }

  async #read(member: Member): Promise<void> {
    try {
      for await (const span of member.generation.rows()) this.#take(member, span);
    } catch (error) {
      // Stopping destroys the stream under the reader, and so does a tshark that was killed; how it ended says more.
      if (!(error instanceof Error && 'code' in error)) throw error;
    }
    const ending = await member.generation.ended;
    await member.before;
    this.#ended(member, ending);
  }

  #take(member: Member, span: RowSpan): void {
    if (this.#overlap !== undefined && (member === this.#current || member === this.#next)) {
      const values = span.rows.column(this.#options.valueField).values as Float64Array;
      this.#overlap.rows.add(member === this.#current ? 'old' : 'new', span.packets, values);
    }
    const before =
      member === this.#next ? this.#current : member === this.#current ? this.#leaving : undefined;
    if (before === undefined) {
      this.#give(member, span);
      return;
    }
    // What the one before has given by now is not needed again.
    member.held = [...member.held, span].filter((held) => lastPacket(held) > before.generation.lastRow);
  }

  #give(member: Member, span: RowSpan): void {
    const wanted = rowsFrom(span, member.firstWanted);
    if (wanted.packets.length > 0) this.#options.onRows(wanted.rows);
  }

  #giveHeld(member: Member): void {
    const { held } = member;
    member.held = [];
    for (const span of held) this.#give(member, span);
  }

  /** Starts the next one, or lets it take over, where it is time. */
  #follow(): void {
    const { limits } = this.#options;
    const current = this.#current;
    if (current === undefined || this.#finishing || this.#stopping) return;
    if (this.#next === undefined) {
      const isFull = current.generation.packets >= limits.packets;
      if ((isFull || this.#tooLarge) && this.#leaving === undefined)
        void this.#startNext(isFull ? 'packets' : 'memory');
      return;
    }
    if (this.#overlap === undefined || this.#leaving !== undefined) return;
    const share = Math.max(
      this.#overlap.clock.elapsedSeconds / limits.overlapSeconds,
      this.#next.generation.packets / limits.packets,
    );
    const verdict = this.#overlap.rows.verdict({ share, nextPacket: this.#nextPacket });
    if (verdict !== null) this.#cut(current, this.#next, verdict.differences);
  }

  async #startNext(why: 'packets' | 'memory'): Promise<void> {
    if (this.#startingNext || performance.now() < this.#nextNotBeforeMs) return;
    this.#startingNext = true;
    try {
      const next = await this.#launch();
      if (this.#current === undefined || this.#finishing || this.#stopping) {
        await next.generation.stop();
        return;
      }
      this.#next = next;
      this.#overlap = { rows: new Overlap(), clock: new PacketClock() };
      this.#begin(next, this.#nextPacket);
      this.#options.onEvent({ kind: 'generation_started', generation: next.number, why });
    } catch (error) {
      const pauseMs = this.#pause.nextMs(0);
      this.#nextNotBeforeMs = performance.now() + pauseMs;
      this.#options.onEvent({ kind: 'tshark_not_started', error, pauseMs });
    } finally {
      this.#startingNext = false;
    }
  }

  #cut(old: Member, next: Member, differences: number): void {
    next.firstWanted = this.#nextPacket;
    next.before = old.gone;
    this.#leaving = old;
    this.#current = next;
    this.#next = undefined;
    this.#overlap = undefined;
    this.#tooLarge = false;
    this.#differences += differences;
    old.generation.finish();
    this.#options.onEvent({ kind: 'generation_followed', generation: next.number, differences });
  }

  #ended(member: Member, ending: ChildEnding): void {
    const { malformedRows, malformedValues } = member.generation.counts;
    this.#malformed.rows += malformedRows;
    this.#malformed.values += malformedValues;
    const wasAsked = member.generation.finishing && ending.exitCode === 0;
    if (member === this.#leaving) this.#left(member, ending, wasAsked);
    else if (member === this.#next) this.#nextDied(ending, member);
    else if (member === this.#current) this.#currentEnded(member, ending, wasAsked);
  }

  #left(member: Member, ending: ChildEnding, wasAsked: boolean): void {
    this.#leaving = undefined;
    if (!wasAsked && !this.#stopping) this.#died(member, ending, null);
    const heir = this.#current;
    if (heir === undefined) return;
    // What it still owed when it died, the other one has seen too.
    if (!wasAsked) heir.firstWanted = Math.max(member.firstWanted, member.generation.lastRow + 1);
    this.#giveHeld(heir);
  }

  #nextDied(ending: ChildEnding, member: Member): void {
    this.#next = undefined;
    this.#overlap = undefined;
    if (this.#stopping || this.#finishing) return;
    const nowMs = performance.now();
    this.#nextNotBeforeMs = nowMs + this.#pause.nextMs(nowMs - member.startedAtMs);
    this.#died(member, ending, null);
  }

  #currentEnded(member: Member, ending: ChildEnding, wasAsked: boolean): void {
    this.#current = undefined;
    if (this.#stopping) return;
    if (wasAsked) {
      this.#end();
      return;
    }
    const heir = this.#next;
    const owed = Math.max(member.firstWanted, member.generation.lastRow + 1);
    const isTrusted = this.#overlap?.rows.isTrusted(owed) === true;
    this.#next = undefined;
    this.#overlap = undefined;
    if (heir !== undefined && isTrusted) {
      this.#current = heir;
      heir.firstWanted = owed;
      this.#died(member, ending, null);
      this.#giveHeld(heir);
      return;
    }
    // One that has not seen enough yet would miss what was under way when it was started.
    void heir?.generation.stop();
    const pauseMs = this.#pause.nextMs(performance.now() - member.startedAtMs);
    this.#died(member, ending, pauseMs);
    void this.#replace(owed, pauseMs);
  }

  #died(member: Member, ending: ChildEnding, pauseMs: number | null): void {
    this.#options.onEvent({ kind: 'tshark_died', ending, hung: member.hung, pauseMs });
  }

  /** A new one is fed what the dead one may have owed; where it dies of that too, it begins with what comes. */
  async #replace(owed: number, firstPauseMs: number): Promise<void> {
    const diedAtMs = performance.now();
    const skipped = this.#diedHereBefore(owed);
    if (skipped) this.#recent.clear();
    const replacement = await this.#launchAfter(firstPauseMs);
    if (replacement === null) return;
    this.#current = replacement;
    this.#waitingBytes = 0;
    const base = this.#recent.first ?? this.#nextPacket;
    replacement.firstWanted = Math.max(owed, base);
    this.#begin(replacement, base);
    for (const batch of this.#recent.batches()) replacement.generation.feed(batch, 'packets only');
    this.#options.onEvent({
      kind: 'tshark_restarted',
      afterMs: performance.now() - diedAtMs,
      lostPackets: skipped ? Math.max(0, base - owed) : 0,
    });
    if (this.#finishing) replacement.generation.finish();
  }

  /** Whether too many have died now without one row more: there is a packet that none survives. */
  #diedHereBefore(owed: number): boolean {
    this.#deathsHere = owed === this.#lastOwed ? this.#deathsHere + 1 : 1;
    this.#lastOwed = owed;
    return this.#deathsHere > mostDeathsInOnePlace;
  }

  /** Tries until it starts; null where all is stopped before that. */
  async #launchAfter(firstPauseMs: number): Promise<Member | null> {
    for (let pauseMs = firstPauseMs; ; pauseMs = this.#pause.nextMs(0)) {
      // Aborted, it ends early.
      await sleep(pauseMs, undefined, { signal: this.#stopped.signal }).catch(() => undefined);
      if (this.#stopping) return null;
      try {
        const member = await this.#launch();
        if (!this.#isStopping()) return member;
        await member.generation.stop();
        return null;
      } catch (error) {
        this.#options.onEvent({ kind: 'tshark_not_started', error, pauseMs });
      }
    }
  }

  #isStopping(): boolean {
    return this.#stopping;
  }

  /** Every second: is one too large, does one take nothing any more? */
  #look(): void {
    const nowMs = performance.now();
    for (const member of this.#members()) {
      const { generation, taken } = member;
      const bytes = generation.bytesTaken;
      if (bytes !== taken.bytes || generation.backlogBytes === 0) {
        member.taken = { bytes, atMs: nowMs };
      } else if (nowMs - taken.atMs >= this.#options.hungAfterMs && !member.hung) {
        member.hung = true;
        void generation.stop();
      }
    }
    const memoryBytes = this.#current?.generation.memoryBytes() ?? 0;
    if (memoryBytes >= this.#options.limits.memoryBytes) {
      this.#tooLarge = true;
      this.#follow();
    }
  }
}

const mostDeathsInOnePlace = 3;
