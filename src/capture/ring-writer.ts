import { open, rm, type FileHandle } from 'node:fs/promises';
import { RttsharkError } from '../errors.ts';
import type { PacketBatch } from './packet-batch.ts';
import { ringFileName } from './ring-file-name.ts';

/** When a file is full, and how many are kept. */
export interface RingLimits {
  readonly fileBytes?: number | undefined;
  /** Of the packets' own time. */
  readonly durationSeconds?: number | undefined;
  /** The oldest is removed when there would be more; all are kept where it is left out. */
  readonly files?: number | undefined;
}

export interface RingWriterOptions {
  /** As in `trace.pcapng`; with limits, number and time come before the ending. */
  readonly path: string;
  /** One file without limits. */
  readonly limits: RingLimits | null;
  readonly prelude: () => Buffer;
  /** Bytes that may wait for the disk; packets beyond are lost, and counted. */
  readonly mostWaitingBytes: number;
  /** Called when writing begins to fail, with the system's words, and when it works again. */
  readonly onTrouble: (words: string) => void;
  readonly onRecovery: (lostPackets: number) => void;
  /** How long nothing is tried after a failure; 5 s by default. */
  readonly retryAfterMs?: number;
}

interface OpenFile {
  readonly path: string;
  readonly handle: FileHandle;
  /** Bytes that are written and whole. */
  size: number;
  /** Of the prelude, which only grows: the interfaces behind are written before the packets that need them. */
  preludeBytes: number;
  /** NaN before the first packet. */
  firstTimeNs: number;
}

/**
 * Writes the packets that are analyzed to files as well: the same packets in the same order, so that analyzing the
 * files gives what the live capture gave. A disk that is full or slow never delays the analysis.
 */
export class RingWriter {
  readonly #options: RingWriterOptions;
  readonly #waiting: { batch: PacketBatch; prelude: Buffer }[] = [];
  readonly #paths: string[] = [];
  #file: OpenFile | undefined;
  #working: Promise<void> | undefined;
  #waitingBytes = 0;
  #maxTimeNs = -Infinity;
  #number = 0;
  #files = 0;
  #bytes = 0;
  #lostPackets = 0;
  #lostInTrouble = 0;
  #retryAtMs = 0;
  #recoversAtMs = 0;
  #troubled = false;

  constructor(options: RingWriterOptions) {
    this.#options = options;
  }

  get files(): number {
    return this.#files;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get lostPackets(): number {
    return this.#lostPackets;
  }

  /**
   * Makes the first file, before any packet comes.
   *
   * @throws RttsharkError `usage` where it cannot be written
   */
  async start(): Promise<void> {
    try {
      await this.#openNext(this.#options.prelude(), Date.now());
    } catch (error) {
      throw new RttsharkError('usage', `The file "${this.#options.path}" cannot be written.`, {
        detail: error instanceof Error ? error.message : undefined,
      });
    }
  }

  write(batch: PacketBatch): void {
    if (this.#waitingBytes > this.#options.mostWaitingBytes) {
      this.#lose(batch);
      this.#trouble('The disk is too slow.');
      return;
    }
    this.#waitingBytes += batch.byteLength;
    this.#waiting.push({ batch, prelude: this.#options.prelude() });
    this.#working ??= this.#work();
  }

  /** Writes what waits, and closes the file. */
  async close(): Promise<void> {
    await this.#working;
    await this.#file?.handle.close().catch(() => undefined);
    this.#file = undefined;
  }

  async #work(): Promise<void> {
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
      await this.#put(next.batch, next.prelude);
      this.#waitingBytes -= next.batch.byteLength;
    }
    this.#working = undefined;
  }

  async #put(batch: PacketBatch, prelude: Buffer): Promise<void> {
    if (performance.now() < this.#retryAtMs) {
      this.#lose(batch);
      return;
    }
    try {
      if (this.#file === undefined || this.#isFull(this.#file, batch)) {
        await this.#openNext(prelude, this.#stampMs(batch.firstTimeNs));
      }
      await this.#append(batch, prelude);
      this.#recover();
    } catch (error) {
      this.#lose(batch);
      this.#trouble(error instanceof Error ? error.message : String(error));
      this.#retryAtMs = performance.now() + this.#retryAfterMs;
      await this.#cutBack();
    }
  }

  /**
   * A file ends where time goes on, so that files that are joined by time give the packets in the same order; but none
   * grows for ever where the clock was set back.
   */
  #isFull(file: OpenFile, { packets, firstTimeNs }: PacketBatch): boolean {
    const { limits } = this.#options;
    if (limits === null || packets === 0) return false;
    const { fileBytes = Infinity, durationSeconds = Infinity } = limits;
    if (file.size >= 2 * fileBytes) return true;
    if (!(firstTimeNs > this.#maxTimeNs)) return false;
    return file.size >= fileBytes || firstTimeNs - file.firstTimeNs >= durationSeconds * 1e9;
  }

  async #openNext(prelude: Buffer, timeMs: number): Promise<void> {
    const { path, limits } = this.#options;
    const full = this.#file;
    this.#file = undefined;
    await full?.handle.close();
    const number = this.#number + 1;
    const named = limits === null ? path : ringFileName(path, number, timeMs);
    // As dumpcap makes them: what people sent is nobody else's business.
    const handle = await open(named, limits === null && this.#number > 0 ? 'a' : 'w', 0o600);
    const { size } = await handle.stat();
    try {
      await writeAll(handle, [prelude]);
    } catch (error) {
      await handle.truncate(size).catch(() => undefined);
      await handle.close().catch(() => undefined);
      if (limits !== null) await rm(named, { force: true });
      throw error;
    }
    const written = { size: size + prelude.length, preludeBytes: prelude.length };
    this.#file = { path: named, handle, ...written, firstTimeNs: NaN };
    this.#maxTimeNs = -Infinity;
    this.#number = number;
    this.#files += 1;
    this.#bytes += prelude.length;
    this.#paths.push(named);
    await this.#removeOldest();
  }

  async #removeOldest(): Promise<void> {
    const most = this.#options.limits?.files ?? Infinity;
    while (this.#paths.length > most) await rm(this.#paths.shift() ?? '', { force: true });
  }

  /** Packets can tell times that no calendar has. */
  #stampMs(timeNs: number): number {
    const timeMs = timeNs / 1e6;
    return timeMs >= 0 && timeMs < lastDayMs ? timeMs : Date.now();
  }

  async #append(batch: PacketBatch, prelude: Buffer): Promise<void> {
    const file = this.#file;
    if (file === undefined) return;
    const interfaces = prelude.subarray(file.preludeBytes);
    const size = interfaces.length + batch.byteLength;
    await writeAll(file.handle, interfaces.length > 0 ? [interfaces, ...batch.blocks] : batch.blocks);
    file.size += size;
    file.preludeBytes = Math.max(file.preludeBytes, prelude.length);
    this.#bytes += size;
    if (batch.packets === 0) return;
    if (Number.isNaN(file.firstTimeNs)) file.firstTimeNs = batch.firstTimeNs;
    this.#maxTimeNs = Math.max(this.#maxTimeNs, batch.maxTimeNs);
  }

  /** Takes away what was only written in part, so that the file stays a capture. */
  async #cutBack(): Promise<void> {
    const file = this.#file;
    if (file === undefined) return;
    this.#file = undefined;
    try {
      await file.handle.truncate(file.size);
    } catch {
      // The disk is in trouble; tshark reads the file up to there all the same.
    }
    await file.handle.close().catch(() => undefined);
  }

  #lose({ packets }: PacketBatch): void {
    this.#lostPackets += packets;
    this.#lostInTrouble += packets;
  }

  #trouble(words: string): void {
    if (!this.#troubled) this.#options.onTrouble(words);
    this.#troubled = true;
    this.#recoversAtMs = performance.now() + 2 * this.#retryAfterMs;
  }

  /** A little can fit on a disk that is full: it works again when it has worked for a while. */
  #recover(): void {
    if (!this.#troubled || this.#waiting.length > 0 || performance.now() < this.#recoversAtMs) return;
    this.#troubled = false;
    this.#options.onRecovery(this.#lostInTrouble);
    this.#lostInTrouble = 0;
  }

  get #retryAfterMs(): number {
    return this.#options.retryAfterMs ?? 5000;
  }
}

/** 1 January 10000. */
const lastDayMs = 253_402_300_800_000;
const mostBlocksAtOnce = 512;

async function writeAll(handle: FileHandle, blocks: readonly Buffer[]): Promise<void> {
  let left = blocks.reduce((sum, { length }) => sum + length, 0);
  let rest = blocks;
  // The system may write less than it was given.
  while (left > 0) {
    const { bytesWritten } = await handle.writev(rest.slice(0, mostBlocksAtOnce));
    left -= bytesWritten;
    rest = behind(rest, bytesWritten);
  }
}

function behind(blocks: readonly Buffer[], bytes: number): readonly Buffer[] {
  let left = bytes;
  for (const [i, block] of blocks.entries()) {
    if (left < block.length) return [block.subarray(left), ...blocks.slice(i + 1)];
    left -= block.length;
  }
  return [];
}
