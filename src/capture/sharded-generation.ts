import type { ChildEnding } from '../tshark/child-process.ts';
import { BatchParter } from './batch-shares.ts';
import { FedBytes } from './fed-bytes.ts';
import type { GenerationRequest } from './generation.ts';
import { GenerationShard } from './generation-shard.ts';
import type { PacketBatch } from './packet-batch.ts';
import type { RowCounts } from './row-reader.ts';
import { inPacketOrder } from './row-queue.ts';
import { lastPacket, type RowSpan } from './row-span.ts';
import type { RunningGeneration } from './running-generation.ts';
import { descriptionsIn, preludeWithMarks } from './shard-mark.ts';
import { restRequest, rowWithTcpInTcp, shardRequest } from './shard-request.ts';

/**
 * Several tsharks that share the packets of a live capture by flow, and give the rows of one that has them all, in the
 * order of the packets. A row is given when every shard is through with what came before its packet.
 *
 * Packets that belong to no flow that can be told go to one more tshark, started when there is one. When it turns out that
 * a packet's flow may have packets in several shards, this ends before that packet: `unsafe` says why. When one of the
 * tsharks dies, so does it all: rows before what that one owes are given.
 */
export class ShardedGeneration implements RunningGeneration {
  readonly shards: number;
  readonly #flows: readonly GenerationShard[];
  readonly #rest: GenerationShard;
  readonly #parter: BatchParter;
  readonly #bytes = new FedBytes();
  readonly #drained: (() => void)[] = [];
  #prelude: Buffer = Buffer.alloc(0);
  #nextPacket = 0;
  #packets = 0;
  #lastRow = -1;
  /** Rows of packets from this one on are not given. */
  #limit = Infinity;
  #unsafe: string | undefined;
  #finishing = false;
  #isOver = false;
  /** Of the tsharks, those that have not ended. */
  #running = 0;
  #badEnding: ChildEnding | undefined;
  #ready: RowSpan[] = [];
  #wake: () => void = () => undefined;
  #settle: (ending: ChildEnding) => void = () => undefined;
  readonly ended: Promise<ChildEnding>;

  private constructor(request: GenerationRequest, shards: number) {
    this.shards = shards;
    this.#flows = Array.from({ length: shards }, () => new GenerationShard(shardRequest(request)));
    this.#rest = new GenerationShard(restRequest(request));
    this.#parter = new BatchParter(shards);
    this.ended = new Promise((resolve) => {
      this.#settle = resolve;
    });
  }

  /** @throws RttsharkError `capture_failed` where the system makes no pipe */
  static async start(request: GenerationRequest, shards: number): Promise<ShardedGeneration> {
    const sharded = new ShardedGeneration(request, shards);
    const started = await Promise.allSettled(sharded.#flows.map((shard) => shard.start()));
    for (const shard of sharded.#flows) if (shard.generation !== undefined) void sharded.#run(shard);
    const failed = started.find((each) => each.status === 'rejected');
    if (failed === undefined) return sharded;
    await sharded.stop();
    throw failed.reason;
  }

  begin(base: number, prelude: Buffer): void {
    this.#nextPacket = base;
    this.#lastRow = base - 1;
    this.#prelude = preludeWithMarks(prelude);
    for (const description of descriptionsIn(prelude)) this.#parter.addInterface(description);
    for (const shard of this.#flows) shard.begin(this.#prelude);
  }

  feed(batch: PacketBatch, descriptions: 'with descriptions' | 'packets only'): void {
    const first = this.#nextPacket;
    this.#nextPacket += batch.packets;
    this.#packets += batch.packets;
    this.#bytes.add(first, batch.byteLength);
    if (descriptions === 'with descriptions') this.#describe(batch.descriptions);
    if (this.#isClosed) return;
    const { shares, unsafeAt } = this.#parter.part(batch, first);
    for (const [i, share] of shares.entries()) {
      if (share === null) continue;
      const shard = this.#flows[i] ?? this.#rest;
      shard.feed(share);
      if (shard === this.#rest && !shard.isStarted && share.numbers.length > 0)
        void this.#startRest(share.numbers[0] ?? first);
    }
    if (unsafeAt !== null) this.#endBefore(unsafeAt, 'there are fragments of TCP segments');
    this.#advance();
  }

  finish(): void {
    this.#finishing = true;
    this.#finishAll();
  }

  async *rows(): AsyncGenerator<RowSpan, void, undefined> {
    for (;;) {
      const ready = this.#ready;
      this.#ready = [];
      yield* ready;
      if (this.#ready.length > 0) continue;
      if (this.#isOver) return;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  async stop(): Promise<void> {
    await Promise.all(this.#all().map((shard) => shard.stop()));
  }

  onDrain(callback: () => void): void {
    this.#drained.push(callback);
  }

  get unsafe(): string | undefined {
    return this.#unsafe;
  }

  get packets(): number {
    return this.#packets;
  }

  get lastRow(): number {
    return this.#lastRow;
  }

  get counts(): Readonly<RowCounts> {
    const counts = { rows: 0, malformedRows: 0, malformedValues: 0, cutShort: false };
    for (const { generation } of this.#flows) {
      if (generation === undefined) continue;
      counts.rows += generation.counts.rows;
      counts.malformedRows += generation.counts.malformedRows;
      counts.malformedValues += generation.counts.malformedValues;
      counts.cutShort ||= generation.counts.cutShort;
    }
    return counts;
  }

  /** All packets behind the first one that a shard is not through with: so many may have to be fed again. */
  get backlogBytes(): number {
    return this.#bytes.backlog;
  }

  get bytesTaken(): number {
    return this.#bytes.doneBytes;
  }

  get finishing(): boolean {
    return this.#finishing;
  }

  memoryBytes(): number | null {
    let sum = 0;
    for (const { generation } of this.#all()) {
      const bytes = generation === undefined ? 0 : generation.memoryBytes();
      if (bytes === null) return null;
      sum += bytes;
    }
    return sum;
  }

  pids(): number[] {
    return this.#all().flatMap(({ generation }) => generation?.pids() ?? []);
  }

  #all(): GenerationShard[] {
    return [...this.#flows, this.#rest];
  }

  /** Whether it takes no packets any more. */
  get #isClosed(): boolean {
    return this.#finishing || this.#isOver || this.#unsafe !== undefined || this.#badEnding !== undefined;
  }

  #describe(descriptions: readonly Buffer[]): void {
    if (descriptions.length === 0) return;
    this.#prelude = Buffer.concat([this.#prelude, ...descriptions]);
    for (const description of descriptions) this.#parter.addInterface(description);
    for (const shard of this.#all()) shard.describe(descriptions);
  }

  #finishAll(): void {
    for (const shard of this.#all()) shard.finish();
  }

  /** @param packet - its first one */
  async #startRest(packet: number): Promise<void> {
    this.#running += 1;
    try {
      await this.#rest.start();
    } catch {
      this.#endBefore(packet, 'no further tshark could be started');
      this.#oneEnded();
      return;
    }
    this.#running -= 1;
    this.#rest.begin(this.#prelude);
    await this.#run(this.#rest);
  }

  async #run(shard: GenerationShard): Promise<void> {
    this.#running += 1;
    const ending = await shard.run((span) => {
      if (shard === this.#rest) this.#lookAtRest(span);
      else this.#take(shard, span);
      this.#advance();
    });
    const isWell = ending.exitCode === 0 && shard.generation?.finishing === true;
    if (!isWell && this.#badEnding === undefined) {
      this.#badEnding = ending;
      void this.stop();
    }
    this.#oneEnded(ending);
  }

  #take(shard: GenerationShard, span: RowSpan): void {
    const nested = rowWithTcpInTcp(span.rows);
    if (nested !== -1)
      this.#endBefore(span.packets[nested] ?? -1, 'there are TCP connections within TCP connections');
    shard.queue.add(span);
  }

  #lookAtRest({ packets }: RowSpan): void {
    const withTcp = packets.find((packet) => packet >= 0);
    if (withTcp !== undefined)
      this.#endBefore(
        withTcp,
        'there is TCP in tunnels, fragments or link layers in which flows cannot be told',
      );
  }

  #endBefore(packet: number, reason: string): void {
    this.#limit = Math.min(this.#limit, packet);
    if (this.#unsafe !== undefined) return;
    this.#unsafe = reason;
    this.#finishAll();
  }

  /** Gives the rows before which nothing is still to come. */
  #advance(): void {
    const next = Math.min(...this.#all().map((shard) => shard.next));
    const before = Math.min(next, this.#limit);
    this.#bytes.done(before);
    const span = inPacketOrder(this.#flows.flatMap(({ queue }) => queue.takeBefore(before)));
    if (span !== null) {
      this.#lastRow = lastPacket(span);
      this.#ready.push(span);
      this.#wake();
    }
    if (this.#unsafe !== undefined && next >= this.#limit) void this.stop();
    for (const drained of this.#drained) drained();
  }

  #oneEnded(ending: ChildEnding = endedWell): void {
    this.#running -= 1;
    if (this.#running > 0) return;
    this.#advance();
    this.#isOver = true;
    this.#wake();
    this.#settle(this.#badEnding ?? ending);
  }
}

const endedWell: ChildEnding = {
  exitCode: 0,
  signal: null,
  stderr: [],
  stopped: false,
  spawnError: undefined,
};
