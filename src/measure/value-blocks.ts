import { nanosecondsOf, nanosecondsPerSecond } from './nanoseconds.ts';
import { SortedValues } from './sorted-values.ts';

const firstLength = 16;
const mostLength = 65_536;

/** Values, or where all of a block are whole numbers of them, nanoseconds, which take half the room. */
type Block = Float64Array<ArrayBuffer> | Uint32Array<ArrayBuffer>;

/** Values in the order in which they came, in blocks, so that room for more costs no copy and hardly any memory. */
export class ValueBlocks {
  #full: Block[] = [];
  #last: Block = new Uint32Array(firstLength);
  #used = 0;
  #count = 0;

  get count(): number {
    return this.#count;
  }

  add(value: number): void {
    const nanoseconds = nanosecondsOf(value);
    if (this.#used === this.#last.length || (nanoseconds === -1 && this.#last instanceof Uint32Array))
      this.#startBlock(nanoseconds !== -1);
    this.#last[this.#used++] = this.#last instanceof Uint32Array ? nanoseconds : value;
    this.#count += 1;
  }

  /** Adds the values of these rows. */
  addRows(values: ArrayLike<number>, rows: Uint32Array): void {
    for (const row of rows) this.add(values[row] ?? NaN);
  }

  /** Goes through the values, block by block, and forgets them. */
  *take(): Generator<Float64Array, void, undefined> {
    for (const block of this.#takeBlocks()) yield inSeconds(block);
  }

  /** All values in ascending order, and their sum as it is when they are added up one by one; they are forgotten. */
  takeSorted(): { readonly sorted: SortedValues; readonly runningSum: number } {
    const count = this.#count;
    const blocks = [...this.#full, this.#last];
    const sorted = blocks.every((block) => block instanceof Uint32Array)
      ? new Uint32Array(count)
      : new Float64Array(count);
    let [filled, runningSum] = [0, 0];
    for (const block of this.#takeBlocks()) {
      const kept = sorted instanceof Uint32Array ? block : inSeconds(block);
      const unit = block instanceof Uint32Array ? nanosecondsPerSecond : 1;
      for (const value of block) runningSum += value / unit;
      sorted.set(kept, filled);
      filled += block.length;
    }
    sorted.sort();
    return { sorted: new SortedValues(sorted), runningSum };
  }

  *#takeBlocks(): Generator<Block, void, undefined> {
    const full = this.#full;
    const rest = this.#last.subarray(0, this.#used);
    this.#full = [];
    this.#last = new Uint32Array(0);
    this.#used = this.#count = 0;
    for (let block = full.shift(); block !== undefined; block = full.shift()) yield block;
    yield rest;
  }

  #startBlock(ofNanoseconds: boolean): void {
    // One that is closed early, for a value of another kind, must not keep its empty room.
    if (this.#used > 0)
      this.#full.push(this.#used < this.#last.length ? this.#last.slice(0, this.#used) : this.#last);
    const length = Math.min(Math.max(this.#count, firstLength), mostLength);
    this.#last = ofNanoseconds ? new Uint32Array(length) : new Float64Array(length);
    this.#used = 0;
  }
}

function inSeconds(block: Block): Float64Array<ArrayBuffer> {
  if (block instanceof Float64Array) return block;
  const values = new Float64Array(block.length);
  for (let i = 0; i < block.length; i++) values[i] = (block[i] ?? NaN) / nanosecondsPerSecond;
  return values;
}
