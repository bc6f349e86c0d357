import type { ChildEnding } from '../tshark/child-process.ts';
import type { BatchShare } from './share-writer.ts';
import { FedNumbers } from './fed-numbers.ts';
import { Generation, type GenerationRequest } from './generation.ts';
import type { PacketBatch } from './packet-batch.ts';
import { RowQueue } from './row-queue.ts';
import type { RowSpan } from './row-span.ts';

/** One of the tsharks that share the packets of a live capture. What it is fed before it is there waits for it. */
export class GenerationShard {
  /** Rows that wait for those of other shards. */
  readonly queue = new RowQueue();
  readonly #request: GenerationRequest;
  readonly #numbers = new FedNumbers();
  #generation: Generation | undefined;
  #waiting: BatchShare[] = [];
  #starting: Promise<unknown> | undefined;
  #finishing = false;
  #stopped = false;
  #isThrough = false;

  constructor(request: GenerationRequest) {
    this.#request = request;
  }

  /** @throws RttsharkError `capture_failed` where the system makes no pipe */
  async start(): Promise<void> {
    const starting = Generation.start(this.#request);
    this.#starting = starting;
    this.#generation = await starting;
    if (this.#stopped) await this.#generation.stop();
  }

  /** The tshark, once it is there. */
  get generation(): Generation | undefined {
    return this.#generation;
  }

  get isStarted(): boolean {
    return this.#starting !== undefined;
  }

  /** The first packet that it is not through with; Infinity where there is none. */
  get next(): number {
    return this.#isThrough ? Infinity : this.#numbers.next;
  }

  /** To be called once, when it has been started. */
  begin(prelude: Buffer): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    this.#generation?.begin(1, prelude);
    for (const share of waiting) this.#feed(share);
    if (this.#finishing) this.#generation?.finish();
  }

  describe(descriptions: readonly Buffer[]): void {
    // One that has not begun will have them in its prelude.
    this.#generation?.feed(batchOf(descriptions, [], 0), 'with descriptions');
  }

  feed(share: BatchShare): void {
    this.#numbers.add(share.numbers);
    if (this.#generation === undefined) this.#waiting.push(share);
    else this.#feed(share);
  }

  #feed({ bytes, numbers }: BatchShare): void {
    this.#generation?.feed(batchOf([], [bytes], numbers.length), 'packets only');
  }

  finish(): void {
    this.#finishing = true;
    this.#generation?.finish();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    // Where it could not be started, whoever did that has been told.
    await this.#starting?.catch(() => undefined);
    await this.#generation?.stop();
  }

  /**
   * Rows as they come, with the numbers of their packets in the whole capture; those with a negative number are marks'.
   *
   * @returns how it ended
   */
  async run(onRows: (span: RowSpan) => void): Promise<ChildEnding> {
    const generation = this.#generation;
    if (generation === undefined) throw new Error('It has not been started.');
    for await (const { rows, packets } of generation.rows()) {
      onRows({ rows, packets: this.#numbers.take(packets) });
    }
    const ending = await generation.ended;
    this.#isThrough = generation.finishing && ending.exitCode === 0;
    return ending;
  }
}

function batchOf(descriptions: readonly Buffer[], blocks: readonly Buffer[], packets: number): PacketBatch {
  const byteLength = blocks.reduce((sum, { length }) => sum + length, 0);
  const unknown = { capturedBytes: 0, firstTimeNs: NaN, lastTimeNs: NaN, maxTimeNs: NaN };
  return { descriptions, blocks, byteLength, packets, ...unknown };
}
