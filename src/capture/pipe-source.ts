import { closeSync, constants, openSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { RttsharkError } from '../errors.ts';
import { inspectInput, unreadable } from './input-file.ts';
import type { InterfaceTable } from './interface-table.ts';
import type { PacketBatch } from './packet-batch.ts';
import { PacketNormalizer } from './packet-normalizer.ts';
import { DamagedCapture } from './record-reader.ts';
import { asStandardInput } from './standard-input.ts';

export interface PipeSourceOptions {
  /** A path, or `-` for standard input. */
  readonly path: string;
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
    return this.#begun && !this.#stopped;
  }

  /**
   * Reads to the end of the pipe, or until it is stopped.
   *
   * @param onBegun - called when the capture's header has come
   * @throws RttsharkError `input_unreadable` for what cannot be opened or is no capture; `input_truncated` where it
   *   ends inside of a packet or is damaged
   */
  async run(onBegun: () => void): Promise<void> {
    const { path, table, limit, onBatch } = this.#options;
    const input = await this.#open();
    if (input === null) return;
    this.#input = input;
    if (this.#paused) input.pause();
    const normalizer = new PacketNormalizer(table);
    try {
      for await (const bytes of input) {
        const batch = normalizer.push(bytes as Buffer, limit());
        if (!this.#begun && normalizer.begun) {
          this.#begun = true;
          onBegun();
        }
        if (batch !== null) {
          this.#packets += batch.packets;
          this.#bytes += batch.capturedBytes;
          onBatch(batch);
        }
        if (this.#paused) await this.#resumed();
        if (this.#isStopped()) break;
      }
    } catch (error) {
      if (this.#isStopped()) return;
      if (error instanceof DamagedCapture) throw damaged(path, this.#begun, error.message);
      throw unreadable(path, 'cannot be read', undefined, error instanceof Error ? error.message : undefined);
    }
    if (this.#isStopped()) return;
    if (!this.#begun) throw unreadable(path, 'is empty');
    if (normalizer.withinRecord) throw damaged(path, true, 'It ends inside of a packet.');
  }

  stop(): void {
    this.#stopped = true;
    this.resume();
    this.#input?.destroy();
    if (this.#input === undefined) letGo(this.#options.path);
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

  /** Null where it was stopped while it waited for somebody to write. */
  async #open(): Promise<Readable | null> {
    const { path } = this.#options;
    if (path === '-') {
      if (process.stdin.isTTY) {
        throw new RttsharkError('usage', 'Standard input is a terminal, not a capture.', {
          hint: 'Pipe a capture: "tcpdump -w - | rttshark live -i -".',
        });
      }
      return process.stdin;
    }
    const { kind } = inspectInput(path);
    // Opening a FIFO waits for whoever writes.
    const file = await open(path, 'r');
    if (this.#stopped) {
      await file.close();
      return null;
    }
    return kind === 'file'
      ? file.createReadStream()
      : new Socket({ fd: file.fd, readable: true, writable: false });
  }
}

/** Somebody who still waits for a writer is let go by one who writes nothing. */
function letGo(path: string): void {
  if (path === '-') return;
  try {
    closeSync(openSync(path, constants.O_WRONLY | constants.O_NONBLOCK));
  } catch {
    // Nobody waits, or it is gone.
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
