import { receiveMessageOnPort, type MessagePort } from 'node:worker_threads';
import { NotedColumns } from './noted-columns.ts';
import type { PacketNotes } from './packet-notes.ts';

/** Packets that were given to a tshark, as their feeder posts them. */
export interface NumberedBatch {
  /** Of which task of the feeder. */
  readonly task: number;
  /** How many of the share's packets were before these. */
  readonly before: number;
  /** In the whole capture, from 1 on. */
  readonly numbers: Uint32Array;
  /** What was noted of them, where it is. */
  readonly notes?: PacketNotes | undefined;
}

/** Where the packets of rows are found. */
export interface PacketPlaces {
  /** The numbers in the whole capture, from 1 on. */
  readonly order: Uint32Array;
  /** The numbers among the packets of the share, from 1 on. */
  readonly own: Uint32Array;
  /** What was noted of the packets, where it is. */
  readonly noted: NotedColumns | undefined;
}

/**
 * The numbers of the packets that one tshark was given. They are posted before the packets are written, so that they
 * are there when a row comes, and forgotten when rows have gone beyond them.
 */
export class PacketNumbers {
  readonly #port: MessagePort;
  readonly #task: number;
  #batch: NumberedBatch | undefined;
  /** How many packets this tshark was given before those of the batch, and with them. */
  #from = 0;
  #upTo = 0;

  constructor(port: MessagePort, task: number) {
    this.#port = port;
    this.#task = task;
  }

  /** @param frames - tshark's numbers of packets, from 1 on, in ascending order over all calls */
  of(frames: ArrayLike<number>): PacketPlaces {
    const order = new Uint32Array(frames.length);
    const own = new Uint32Array(frames.length);
    let noted: NotedColumns | undefined;
    for (let i = 0; i < frames.length; i++) {
      const frame = frames[i] ?? 0;
      while (frame > this.#upTo) this.#next();
      const at = frame - 1 - this.#from;
      order[i] = this.#batch?.numbers[at] ?? 0;
      own[i] = (this.#batch?.before ?? 0) + at + 1;
      const notes = this.#batch?.notes;
      if (notes === undefined) continue;
      noted ??= new NotedColumns(frames.length);
      noted.setRow(i, notes, at);
    }
    return { order, own, noted };
  }

  #next(): void {
    for (;;) {
      const received = receiveMessageOnPort(this.#port) as { message: NumberedBatch } | undefined;
      if (received === undefined) throw new Error('tshark counts more packets than it was given.');
      const batch = received.message;
      // What a former tshark gave no rows of.
      if (batch.task !== this.#task) continue;
      this.#batch = batch;
      this.#from = this.#upTo;
      this.#upTo += batch.numbers.length;
      return;
    }
  }
}
