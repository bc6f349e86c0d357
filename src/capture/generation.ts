import { closeSync } from 'node:fs';
import { Socket } from 'node:net';
import type { Schema } from '../table/schema.ts';
import { readArguments, type ReadRequest } from '../tshark/arguments.ts';
import { startChild, type Child, type ChildEnding } from '../tshark/child-process.ts';
import type { Tshark } from '../tshark/find-tools.ts';
import { openKernelPipe } from '../tshark/kernel-pipe.ts';
import { configEnvironment } from '../tshark/profile.ts';
import { residentBytes } from '../tshark/resident-bytes.ts';
import { isAtLeast } from '../tshark/version.ts';
import { timeZoneFor } from './capture-request.ts';
import type { PacketBatch } from './packet-batch.ts';
import type { RunningGeneration } from './running-generation.ts';
import { RowReader, type RowCounts } from './row-reader.ts';
import { frameField, lastPacket, rowSpan, type RowSpan } from './row-span.ts';

/** What every tshark of a live capture is asked for. */
export interface GenerationRequest extends Omit<ReadRequest, 'input' | 'fields' | 'prompt'> {
  readonly tshark: Tshark;
  /** The columns beside the packet's number, which is added. */
  readonly schema: Schema;
  /** Where tshark finds its configuration; the user's own by default. */
  readonly configFolder?: string | undefined;
}

/** The arguments of the tshark of a generation. */
export function generationArguments({ schema, ...request }: GenerationRequest): string[] {
  return readArguments({ ...request, input: '-', fields: generationFields(schema), prompt: true });
}

/** The fields that are asked for: those of the columns, and the packet's number. */
export function generationFields(schema: Schema): string[] {
  return [...Object.keys(schema), frameField];
}

/** One tshark of those that follow each other: packets are fed to it, rows come out. */
export class Generation implements RunningGeneration {
  readonly shards = 1;
  readonly unsafe = undefined;
  #base = 0;
  readonly #child: Child;
  readonly #writer: Socket;
  readonly #reader: RowReader<Schema>;
  #packets = 0;
  #lastRow = -1;
  #finishing = false;
  /** Bytes that came when it could take none any more. */
  #missedBytes = 0;

  private constructor(child: Child, writer: Socket, reader: RowReader<Schema>) {
    this.#child = child;
    this.#writer = writer;
    this.#reader = reader;
    // A tshark that died takes no more; how it ended says why.
    writer.on('error', () => undefined);
    // Nobody may write to it, stop it or end it any more, who would notice: its end of the pipe would stay open.
    void child.ended.then(() => writer.destroy());
  }

  /** @throws RttsharkError `capture_failed` where the system makes no pipe */
  static async start(request: GenerationRequest): Promise<Generation> {
    const { tshark, schema } = request;
    const pipe = await openKernelPipe();
    let child: Child;
    try {
      child = startChild(tshark.path, generationArguments(request), {
        stdin: pipe.readEnd,
        apart: true,
        env: { ...configEnvironment(request.configFolder), ...timeZoneFor(schema) },
      });
    } catch (error) {
      closeSync(pipe.writeEnd);
      throw error;
    } finally {
      closeSync(pipe.readEnd);
    }
    const writer = new Socket({ fd: pipe.writeEnd, readable: false, writable: true });
    const reader = new RowReader<Schema>({
      schema: { ...schema, [frameField]: 'uint32' },
      quotesAreDoubled: isAtLeast(tshark.version, '4.3'),
      extraction: request.extraction,
      occurrence: request.occurrence,
      prompt: true,
    });
    return new Generation(child, writer, reader);
  }

  /**
   * To be called once, before the first packet.
   *
   * @param base - the number in the whole capture of the first packet that it will be fed
   * @param prelude - what stands before that
   */
  begin(base: number, prelude: Buffer): void {
    this.#base = base;
    this.#lastRow = base - 1;
    this.#writer.write(prelude);
  }

  /** Packets that it was fed. */
  get packets(): number {
    return this.#packets;
  }

  /** The number of the packet of its last row; the one before its first packet, where it has printed none. */
  get lastRow(): number {
    return this.#lastRow;
  }

  get counts(): Readonly<RowCounts> {
    return this.#reader.counts;
  }

  /** Bytes that wait for it to read them, or for whoever comes after it where it has died. */
  get backlogBytes(): number {
    return this.#writer.destroyed ? this.#missedBytes : this.#writer.writableLength;
  }

  /** Bytes that it has read, or that lie in the pipe before it. */
  get bytesTaken(): number {
    return this.#writer.bytesWritten - this.#writer.writableLength;
  }

  pids(): number[] {
    return this.#child.pid === undefined ? [] : [this.#child.pid];
  }

  /** Whether it was told that no more packets come. */
  get finishing(): boolean {
    return this.#finishing;
  }

  /** Null where the system does not tell. */
  memoryBytes(): number | null {
    return this.#child.pid === undefined ? null : residentBytes(this.#child.pid);
  }

  /** Packets of the past are fed without their descriptions: the prelude has them. */
  feed(batch: PacketBatch, descriptions: 'with descriptions' | 'packets only'): void {
    this.#packets += batch.packets;
    if (!this.#writer.writable) {
      this.#missedBytes += batch.byteLength;
      return;
    }
    this.#writer.cork();
    if (descriptions === 'with descriptions')
      for (const block of batch.descriptions) this.#writer.write(block);
    for (const block of batch.blocks) this.#writer.write(block);
    this.#writer.uncork();
  }

  /** Calls back whenever nothing waits any more. */
  onDrain(callback: () => void): void {
    this.#writer.on('drain', callback);
  }

  /** No more packets: it prints what rows are left and ends. */
  finish(): void {
    this.#finishing = true;
    this.#writer.end();
  }

  /** The rows, prompt, until it ends. */
  async *rows(): AsyncGenerator<RowSpan, void, undefined> {
    const { output } = this.#child;
    if (output === undefined) return;
    const tables = this.#reader.read(output);
    for (;;) {
      const next = await tables.next().catch(unlessStreamFailed);
      if (next.done === true) return;
      const span = rowSpan(next.value, this.#base);
      this.#lastRow = Math.max(this.#lastRow, lastPacket(span));
      yield span;
    }
  }

  /** How it ended; never rejects. */
  get ended(): Promise<ChildEnding> {
    return this.#child.ended;
  }

  async stop(): Promise<void> {
    this.#writer.destroy();
    await this.#child.stop();
  }
}

/** Stopping destroys the stream under the reader, and so does a death: how it ended says more. */
function unlessStreamFailed(error: unknown): IteratorReturnResult<undefined> {
  if (error instanceof Error && 'code' in error) return { done: true, value: undefined };
  throw error;
}
