import type { ChildEnding } from '../tshark/child-process.ts';
import { cpuSeconds } from '../tshark/cpu-seconds.ts';
import type { ChainMember } from './chain-member.ts';
import { ChainMembers } from './chain-members.ts';
import type { ChainOptions, FollowReason } from './chain-options.ts';
import { DeathPlace, mostDeathsInOnePlace } from './death-place.ts';
import { Handover } from './handover.ts';
import type { PacketBatch } from './packet-batch.ts';
import { RecentPackets } from './recent-packets.ts';
import { rowsFrom, type RowSpan } from './row-span.ts';
import { CoreLoad, shardsForLoad } from './shard-choice.ts';
import { TsharkStarter } from './tshark-starter.ts';

export type { ChainEvent, ChainOptions, FollowReason, GenerationLimits } from './chain-options.ts';

/**
 * tshark processes that follow each other, so that none grows for ever: what looks from outside like one tshark that
 * reads all packets and prints a row for each sample.
 *
 * When one has seen enough, the next is started and fed the same packets. When both give the same rows, the old one is
 * told that there are no more packets, prints what it has left, and ends; rows of later packets are the new one's, and
 * wait until the old one has ended. The cut is a packet, so that no sample is lost or counted twice.
 *
 * One that dies is replaced by its follower, or by a new one that is fed the latest packets again.
 *
 * In the place of one tshark there may be several that share the packets by flow: see `ShardedGeneration`.
 */
export class GenerationChain {
  readonly #options: ChainOptions;
  readonly #recent: RecentPackets;
  readonly #starter: TsharkStarter;
  readonly #deaths = new DeathPlace();
  readonly #members = new ChainMembers();
  #nextPacket = 0;
  #handover: Handover | undefined;
  /** Whether the current one died and the one that replaces it is not there yet. */
  #replacing = false;
  /** Bytes that came while there was no tshark to feed them to. */
  #waitingBytes = 0;
  #tooLarge = false;
  /** Why packets cannot be shared any more, whatever is asked for. */
  #unsafe: string | undefined;
  #load = new CoreLoad();
  #finishing = false;
  #stopping = false;
  #differences = 0;
  #timer: NodeJS.Timeout | undefined;
  #end: () => void = () => undefined;
  readonly #done: Promise<void>;

  constructor(options: ChainOptions) {
    this.#options = options;
    this.#recent = new RecentPackets(options.replayBytes);
    this.#starter = new TsharkStarter({
      ...options,
      onFailure: (error, pauseMs) => {
        options.onEvent({ kind: 'tshark_not_started', error, pauseMs });
      },
    });
    this.#done = new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  /**
   * Starts the first tshark.
   *
   * @throws RttsharkError `capture_failed` where the system makes no pipe
   */
  async start(): Promise<void> {
    const first = await this.#starter.start(this.#shards());
    if (first === null) return;
    this.#members.current = first;
    this.#begin(first, this.#nextPacket);
    this.#timer = setInterval(() => {
      this.#look();
    }, 1000);
    this.#timer.unref();
  }

  /** How many were started, the first included. */
  get generations(): number {
    return this.#starter.started;
  }

  /** Rows in which an old one and a new one did not agree when one followed the other. */
  get differences(): number {
    return this.#differences;
  }

  get malformedRows(): number {
    return this.#members.malformedRows;
  }

  get malformedValues(): number {
    return this.#members.malformedValues;
  }

  /** Packets that were fed so far. */
  get packets(): number {
    return this.#nextPacket;
  }

  /** Bytes that wait to be read, by the slower one where there are two. */
  get backlogBytes(): number {
    return Math.max(this.#waitingBytes, this.#members.backlogBytes);
  }

  /** Of all that run; null where none does, or the system does not tell. */
  memoryBytes(): number | null {
    return this.#members.memoryBytes();
  }

  pids(): number[] {
    return this.#members.pids();
  }

  /** To be called until {@link finish}. */
  feed(batch: PacketBatch): void {
    this.#recent.add(this.#nextPacket, batch);
    if (this.#members.current === undefined) this.#waitingBytes += batch.byteLength;
    this.#members.current?.generation.feed(batch, 'with descriptions');
    this.#members.next?.generation.feed(batch, 'with descriptions');
    this.#nextPacket += batch.packets;
    this.#handover?.feed(batch);
    this.#follow();
  }

  /** No more packets come; settles when every row has been given, or nothing can give the last ones. */
  async finish(): Promise<void> {
    this.#finishing = true;
    const { next } = this.#members;
    this.#members.next = undefined;
    if (next !== undefined) this.#discard(next);
    this.#endHandover();
    this.#members.current?.generation.finish();
    if (this.#members.current === undefined && !this.#replacing) this.#end();
    await this.#done;
    await this.stop();
  }

  /** Ends all at once, whatever they have still to say. */
  async stop(): Promise<void> {
    this.#stopping = true;
    clearInterval(this.#timer);
    await this.#starter.stop();
    this.#end();
  }

  /** From here on it is fed, and its rows are taken. */
  #begin(member: ChainMember, base: number): void {
    member.generation.begin(base, this.#options.prelude());
    member.gone = this.#read(member);
  }

  async #read(member: ChainMember): Promise<void> {
    for await (const span of member.generation.rows()) this.#take(member, span);
    const ending = await member.generation.ended;
    // While it is waited for, it may come to follow another one.
    let before: Promise<void> | undefined;
    while (before !== member.before) {
      before = member.before;
      await before;
    }
    this.#ended(member, ending);
    if (!this.#stopping) this.#options.onDrain();
  }

  #take(member: ChainMember, span: RowSpan): void {
    if (member === this.#members.current) this.#handover?.addRows('old', span);
    if (member === this.#members.next) this.#handover?.addRows('new', span);
    const before = this.#members.before(member);
    if (before === undefined) this.#give(member, span);
    else member.hold(span, before.generation.lastRow);
  }

  #give(member: ChainMember, span: RowSpan): void {
    const wanted = rowsFrom(span, member.firstWanted);
    if (wanted.packets.length > 0) this.#options.onRows(wanted.rows, wanted.packets);
  }

  #giveHeld(member: ChainMember): void {
    for (const span of member.letGo()) this.#give(member, span);
  }

  /** Starts the next one, or lets it take over, where it is time. */
  #follow(): void {
    const current = this.#members.current;
    if (current === undefined || this.#members.leaving !== undefined || this.#finishing || this.#stopping)
      return;
    if (this.#members.next === undefined) {
      const why = this.#whyFollow(current);
      if (why !== null) void this.#startNext(why);
      return;
    }
    // What cannot go on does not take over, and its follower is chosen when it has ended.
    if (current.generation.unsafe !== undefined || this.#members.next.generation.unsafe !== undefined) return;
    const verdict = this.#handover?.verdict(this.#nextPacket) ?? null;
    if (verdict !== null) this.#cut(current, this.#members.next, verdict.differences);
  }

  #whyFollow({ generation }: ChainMember): FollowReason | null {
    if (generation.packets >= this.#options.limits.packets) return 'packets';
    if (this.#tooLarge) return 'memory';
    return generation.unsafe === undefined && generation.shards < this.#shards() ? 'shards' : null;
  }

  /** How many tsharks are to share the packets now. */
  #shards(): number {
    const { shards = 1, cores = 1 } = this.#options;
    if (this.#unsafe !== undefined) return 1;
    return shards === 'auto' ? shardsForLoad(this.#load.peakCores, cores) : shards;
  }

  async #startNext(why: FollowReason): Promise<void> {
    const next = await this.#starter.startFollower(this.#shards());
    if (next === null) return;
    if (this.#members.current === undefined || this.#finishing) {
      this.#discard(next);
      return;
    }
    this.#members.next = next;
    this.#handover = new Handover(this.#options.limits, this.#options.valueFields);
    this.#begin(next, this.#nextPacket);
    const { shards } = next.generation;
    this.#options.onEvent({ kind: 'generation_started', generation: next.number, why, shards });
  }

  #cut(old: ChainMember, next: ChainMember, differences: number): void {
    next.firstWanted = this.#nextPacket;
    next.before = old.gone;
    next.trustedFrom = this.#handover?.trustedFrom ?? this.#nextPacket;
    this.#members.follow();
    this.#load = new CoreLoad();
    this.#endHandover();
    this.#differences += differences;
    old.generation.finish();
    this.#options.onEvent({ kind: 'generation_followed', generation: next.number, differences });
  }

  #endHandover(): void {
    this.#handover = undefined;
    this.#tooLarge = false;
  }

  #ended(member: ChainMember, ending: ChildEnding): void {
    const { finishing, unsafe } = member.generation;
    const wasAsked = finishing && unsafe === undefined && ending.exitCode === 0;
    const role = this.#members.remove(member);
    if (role === 'leaving') this.#left(member, ending, wasAsked);
    else if (role === 'next') this.#nextDied(member, ending);
    else if (role === 'current') this.#currentEnded(member, ending, wasAsked);
  }

  #left(member: ChainMember, ending: ChildEnding, wasAsked: boolean): void {
    const heir = this.#members.current;
    if (heir !== undefined && !wasAsked && !mayFollow(member, heir, heir.trustedFrom)) {
      this.#members.remove(heir);
      this.#discard(heir);
      this.#restart(member, ending);
      return;
    }
    if (!wasAsked) this.#died(member, ending, null);
    if (heir === undefined) return;
    // What it still owed when it died, the other one has seen too.
    if (!wasAsked) heir.firstWanted = member.owed;
    this.#giveHeld(heir);
  }

  #nextDied(member: ChainMember, ending: ChildEnding): void {
    this.#endHandover();
    if (member.generation.unsafe === undefined)
      this.#starter.followerDied(performance.now() - member.startedAtMs);
    this.#died(member, ending, null);
  }

  #currentEnded(member: ChainMember, ending: ChildEnding, wasAsked: boolean): void {
    const [heir, handover] = [this.#members.next, this.#handover];
    this.#members.next = undefined;
    this.#endHandover();
    if (wasAsked) this.#end();
    if (wasAsked || this.#stopping) return;
    if (heir !== undefined && handover !== undefined && mayFollow(member, heir, handover.trustedFrom)) {
      this.#members.current = heir;
      heir.firstWanted = member.owed;
      this.#died(member, ending, null);
      this.#giveHeld(heir);
      return;
    }
    // One that has not seen enough yet would miss what was under way when it was started.
    if (heir !== undefined) this.#discard(heir);
    this.#restart(member, ending);
  }

  /** Its rows are not wanted any more. */
  #discard(member: ChainMember): void {
    member.firstWanted = Infinity;
    void member.generation.stop();
  }

  /** A new one takes the place of one that died, with all that it owed. */
  #restart(dead: ChainMember, ending: ChildEnding): void {
    if (this.#stopping) return;
    const { owed, hung } = dead;
    this.#waitingBytes = dead.generation.backlogBytes;
    if (dead.generation.unsafe !== undefined) {
      this.#died(dead, ending, null);
      void this.#replace(owed, null, false);
      return;
    }
    const ranForMs = performance.now() - dead.startedAtMs;
    const pauseMs = this.#starter.pauseMs(ranForMs);
    this.#died(dead, ending, pauseMs);
    const isDeadly = this.#deaths.died({ owed, hung, ranForMs, signal: ending.signal });
    if (isDeadly && this.#finishing) this.#giveUp(owed);
    else void this.#replace(owed, pauseMs, isDeadly);
  }

  /** @param pauseMs - before it is replaced; null where there is no need to wait */
  #died(member: ChainMember, ending: ChildEnding, pauseMs: number | null): void {
    if (this.#stopping) return;
    const { unsafe } = member.generation;
    if (unsafe !== undefined) {
      if (this.#unsafe !== undefined) return;
      this.#unsafe = unsafe;
      this.#options.onEvent({ kind: 'sharing_ended', reason: unsafe, packet: member.owed });
      return;
    }
    this.#options.onEvent({ kind: 'tshark_died', ending, hung: member.hung, pauseMs });
  }

  /**
   * A new one is fed what the one before may have owed.
   *
   * @param pauseMs - null where the one before has not died
   * @param isDeadly - there is a packet among them that none survives: it begins with what comes
   */
  async #replace(owed: number, pauseMs: number | null, isDeadly: boolean): Promise<void> {
    const diedAtMs = performance.now();
    this.#replacing = true;
    if (isDeadly) this.#recent.clear();
    const mayGoOn = (failures: number) => !this.#finishing || failures < mostDeathsInOnePlace;
    const replacement = await this.#starter.startAfter(pauseMs ?? 0, mayGoOn);
    this.#replacing = false;
    if (replacement === null) {
      if (!this.#stopping) this.#giveUp(owed);
      return;
    }
    const base = this.#recent.first ?? this.#nextPacket;
    replacement.firstWanted = Math.max(owed, base);
    this.#members.current = replacement;
    this.#waitingBytes = 0;
    this.#begin(replacement, base);
    for (const batch of this.#recent.batches()) replacement.generation.feed(batch, 'packets only');
    if (pauseMs !== null) {
      this.#options.onEvent({
        kind: 'tshark_restarted',
        afterMs: performance.now() - diedAtMs,
        lostPackets: isDeadly ? Math.max(0, base - owed) : 0,
      });
    }
    this.#options.onDrain();
    if (this.#finishing) replacement.generation.finish();
  }

  #giveUp(owed: number): void {
    this.#options.onEvent({ kind: 'packets_given_up', lostPackets: Math.max(0, this.#nextPacket - owed) });
    this.#end();
  }

  /** Every second: is one too large, does one do nothing any more? */
  #look(): void {
    const nowMs = performance.now();
    for (const member of this.#members.all()) {
      if (member.hangsNow(nowMs, this.#options.hungAfterMs)) void member.generation.stop();
    }
    const generation = this.#members.current?.generation;
    if (generation === undefined) return;
    if (this.#options.shards === 'auto') this.#load.add(nowMs, cpuSecondsOf(generation.pids()));
    const idleBytes = Math.max(0, generation.pids().length - 1) * bytesOfIdleTshark;
    if ((generation.memoryBytes() ?? 0) - idleBytes >= this.#options.limits.memoryBytes)
      this.#tooLarge = true;
    if (this.#tooLarge || generation.shards < this.#shards()) this.#follow();
  }
}

/** What one holds without any packet: measured with 4.0. */
const bytesOfIdleTshark = 150e6;

function cpuSecondsOf(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => sum + (cpuSeconds(pid) ?? 0), 0);
}

/**
 * Whether the rows that one still owed when it ended can be another one's, which has seen enough from some packet on.
 * Where packets cannot be shared any more, others that share them end too.
 */
function mayFollow(ended: ChainMember, heir: ChainMember, trustedFrom: number): boolean {
  const endsToo = ended.generation.unsafe !== undefined && heir.generation.shards > 1;
  return !endsToo && ended.owed >= trustedFrom;
}
