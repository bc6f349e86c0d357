import { frameWalkFor } from './frame-end.ts';
import type { FrameVerdict, FrameWalk, Step } from './frame-walk.ts';

const magicLength = 4;

/** Follows the frames of a compressed capture that passes by, chunk by chunk. Keeps a few bytes at most. */
export class FrameFollower {
  #kept = new Uint8Array();
  #walk: FrameWalk | undefined;
  #next: IteratorResult<Step, FrameVerdict> | undefined;
  #toSkip = 0;

  write(chunk: Uint8Array): void {
    let rest = chunk;
    while (rest.length > 0 && this.#next?.done !== true) rest = this.#take(rest);
  }

  /** What can be said if the stream ends here. */
  end(): FrameVerdict {
    if (this.#next === undefined) return 'unknown';
    if (this.#next.done === true) return this.#next.value;
    if (this.#toSkip > 0 || this.#next.value.mayEnd !== true) return 'cut';
    const last = this.#walk?.next(this.#kept);
    return last?.done === true ? last.value : 'unknown';
  }

  /** Uses the beginning of the bytes and gives the rest. */
  #take(bytes: Uint8Array): Uint8Array {
    const skipped = Math.min(this.#toSkip, bytes.length);
    this.#toSkip -= skipped;
    const wanted = (this.#next?.done === false ? this.#next.value.take : magicLength) - this.#kept.length;
    const taken = bytes.subarray(skipped, skipped + wanted);
    this.#kept = Buffer.concat([this.#kept, taken]);
    if (taken.length === wanted) this.#advance();
    return bytes.subarray(skipped + taken.length);
  }

  #advance(): void {
    const bytes = this.#kept;
    this.#kept = new Uint8Array();
    if (this.#walk === undefined) this.#begin(bytes);
    else this.#go(this.#walk.next(bytes));
  }

  /** The first step of every walk asks for the magic number by which it was chosen. */
  #begin(magic: Uint8Array): void {
    const walk = frameWalkFor(magic);
    if (walk === null) {
      this.#next = { done: true, value: 'unknown' };
      return;
    }
    this.#walk = walk;
    walk.next();
    this.#go(walk.next(magic));
  }

  #go(next: IteratorResult<Step, FrameVerdict>): void {
    this.#next = next;
    if (next.done !== true) this.#toSkip = next.value.skip;
  }
}
