import { Readable } from 'node:stream';
import { BoundedReading } from '../capture/bounded-reading.ts';
import { errorOfEnd } from '../capture/capture-end.ts';
import { nameOf, type CaptureRequest } from '../capture/capture-request.ts';
import { RttsharkError } from '../errors.ts';
import type { Schema } from '../table/schema.ts';
import type { AnyTable } from '../table/table.ts';
import { isByteStream, type CaptureSource, type LiveInput } from './capture-source.ts';
import { packetBytes } from './packet-bytes.ts';
import type { CaptureCounts, PacketReading } from './packet-reading.ts';

/** What is read to its end: files, standard input, a stream, bytes or packets in memory. */
export type BulkSource = Exclude<CaptureSource, LiveInput>;

export interface BulkSettings {
  /** The display filter as the user wrote it. */
  readonly filter: string | undefined;
  /** Bytes that all processes together are to hold at most. */
  readonly memoryBytes?: number | undefined;
}

/** Captures that have an end, each read by one tshark, or by several that follow each other. */
export class BulkReading implements PacketReading {
  readonly #reading: BoundedReading<Schema>;
  readonly #request: CaptureRequest<Schema>;
  readonly #filter: string | undefined;
  #streamError: unknown;

  constructor(
    source: BulkSource,
    request: Omit<CaptureRequest<Schema>, 'input' | 'stream'>,
    { filter, memoryBytes }: BulkSettings,
  ) {
    this.#request = { ...request, ...this.#input(source) };
    this.#filter = filter;
    this.#reading = new BoundedReading(this.#request, { memoryBytes });
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<AnyTable, void, undefined> {
    try {
      yield* this.#reading;
    } catch (error) {
      throw this.#streamError instanceof RttsharkError ? this.#streamError : error;
    } finally {
      this.#request.stream?.bytes.destroy();
    }
  }

  finish(): void {
    void this.stop();
  }

  async stop(): Promise<void> {
    await this.#reading.stop();
    this.#request.stream?.bytes.destroy();
  }

  counts(): CaptureCounts {
    const { rows, malformedRows, malformedValues } = this.#reading.counts;
    return { rows, malformedRows, malformedValues, packets: null, tsharks: null, dropped: null };
  }

  stderr(): readonly string[] {
    return this.#reading.stderr();
  }

  async problem(): Promise<RttsharkError | null> {
    const { end } = this.#reading;
    if (end === undefined) return null;
    if (this.#streamError instanceof RttsharkError) return this.#streamError;
    const { tshark, input, stream } = this.#request;
    const name = stream === undefined ? nameOf(input) : stream.name;
    return await errorOfEnd(end, { tshark, input: name, filter: this.#filter });
  }

  #input(source: BulkSource): Pick<CaptureRequest<Schema>, 'input' | 'stream' | 'prompt'> {
    if (source instanceof Uint8Array)
      return this.#stream(Readable.from([source], { objectMode: false }), 'bytes');
    if (typeof source === 'string' || 'join' in source) return { input: source };
    const isPrompt = !('packets' in source) || Symbol.asyncIterator in source.packets;
    const from = 'packets' in source ? packetBytes(source) : source;
    const bytes = from instanceof Readable ? from : Readable.from(from, { objectMode: false });
    const name = isByteStream(source) ? 'stream' : 'packets';
    return { ...this.#stream(bytes, name), ...(isPrompt ? { prompt: true } : {}) };
  }

  #stream(bytes: Readable, name: string): Pick<CaptureRequest<Schema>, 'input' | 'stream'> {
    bytes.on('error', (error) => {
      this.#streamError ??= error;
    });
    return { input: '-', stream: { bytes, name } };
  }
}
