import { createReadStream } from 'node:fs';
import { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { RttsharkError } from '../errors.ts';
import { inspectInput, unreadable } from './input-file.ts';
import type { InterfaceTable } from './interface-table.ts';
import type { PacketBatch } from './packet-batch.ts';
import { PacketNormalizer } from './packet-normalizer.ts';
import { asStandardInput, openDescriptor, openWithoutWaiting } from './standard-input.ts';

export interface PipeSourceOptions {
  /** A path, or `-` for standard input; what the stream is called, where there is one. */
  readonly path: string;
  /** Read in place of what the path names, and destroyed in the end. */
  readonly stream?: Readable | undefined;
  readonly table: InterfaceTable;
  readonly limit: () => number;
  readonly onBatch: (batch: PacketBatch) => void;
}

/** Packets that somebody else captures and writes into a pipe, as pcap or pcapng, until the pipe is closed. */
export class PipeSource {
  readonly #options: PipeSourceOptions;
  #input: Readable | undefined;
  #paused = false;
  #stopped = false;
  #begun = false;
  #ended = false;
  #packets = 0;
  #bytes = 0;

  constructor(options: PipeSourceOptions) {
    this.#options = { ...options, path: asStandardInput(options.path) };
  }

  get packets(): number {
    return this.#packets;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get isCapturing(): boolean {
    return this.#begun && !this.#ended && !this.#stopped;
  }

  /**
   * Reads to the end of the pipe, or until it is stopped.
   *
   * @param onBegun - called when the capture's header has come
   * @throws RttsharkError `input_unreadable` for what cannot be opened or is no capture; `input_truncated` where it
   *   ends inside of a packet or is damaged
   */
  async run(onBegun: () => void): Promise<void> {
    const { path } = this.#options;
    if (this.#isStopped()) return;
    const input = this.#open();
    this.#input = input;
    const normalizer = new PacketNormalizer(this.#options.table);
    try {
      for await (const bytes of input) {
        this.#take(normalizer, bytes as Buffer, onBegun);
        if (this.#paused) await this.#resumed();
        if (this.#isStopped() || normalizer.damage !== undefined) break;
      }
    } catch (error) {
      if (this.#isStopped()) return;
      // What the system says of the pipe; anything else is a bug.
      if (!(error instanceof Error && 'syscall' in error)) throw error;
      throw unreadable(path, 'cannot be read', undefined, error.message);
    } finally {
      this.#ended = true;
    }
    if (this.#isStopped()) return;
    if (normalizer.damage !== undefined) throw damaged(path, this.#begun, normalizer.damage);
    if (!this.#begun && !normalizer.withinRecord) throw unreadable(path, 'is empty');
    if (normalizer.withinRecord) throw damaged(path, this.#begun, 'It ends inside of a packet.');
  }

  #take(normalizer: PacketNormalizer, bytes: Buffer, onBegun: () => void): void {
    const batch = normalizer.push(bytes, this.#options.limit());
    if (!this.#begun && normalizer.begun) {
      this.#begun = true;
      onBegun();
    }
    if (batch === null) return;
    this.#packets += batch.packets;
    this.#bytes += batch.capturedBytes;
    this.#options.onBatch(batch);
  }

  stop(): void {
    this.#stopped = true;
    this.resume();
    this.#input?.destroy();
  }

  pause(): void {
    this.#paused = true;
  }

  resume(): void {
    this.#paused = false;
    this.#onResume?.();
  }

  #onResume: (() => void) | undefined;

  #resumed(): Promise<void> {
    return new Promise((resolve) => {
      this.#onResume = () => {
        this.#onResume = undefined;
        resolve();
      };
    });
  }

  #isStopped(): boolean {
    return this.#stopped;
  }

  #open(): Readable {
    const { path, stream } = this.#options;
    if (stream !== undefined) return stream;
    if (path === '-') {
      if (process.stdin.isTTY) {
        throw new RttsharkError('usage', 'Standard input is a terminal, not a capture.', {
          hint: 'Pipe a capture: "tcpdump -w - | rttshark live -i -".',
        });
      }
      return process.stdin;
    }
    if (inspectInput(path).kind === 'file') return createReadStream(path);
    const descriptor = openDescriptor(path) ?? openWithoutWaiting(path);
    return new Socket({ fd: descriptor, readable: true, writable: false });
  }
}

function damaged(path: string, begun: boolean, detail: string): RttsharkError {
  if (!begun) return unreadable(path, 'is no capture', 'It has to deliver pcap or pcapng.', detail);
  const name = path === '-' ? 'standard input' : `"${path}"`;
  return new RttsharkError('input_truncated', `The capture from ${name} is cut short or damaged.`, {
    detail,
    hint: 'The results are those of the packets up to there.',
  });
}
