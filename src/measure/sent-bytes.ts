/** One packet's stretch of sequence numbers. */
export interface Segment {
  readonly frame: number;
  /** Numbers that go on where TCP's begin anew. */
  readonly start: number;
  readonly end: number;
  /** Whether another packet carried any of it. */
  sentAgain: boolean;
}

/** What was sent in one direction of a connection: every sequence number so far, and the segments that wait for an ACK. */
export class SentBytes {
  /** Stretches that were sent, apart from each other and ascending: `[start, end, start, end, …]`. */
  #stretches: number[] = [];
  #waiting: Segment[] = [];
  #latest: number | undefined;

  /** @param sequence - of the first byte, as TCP counts, modulo 2^32 */
  send(frame: number, sequence: number, length: number): Segment {
    const start = this.#unwrap(sequence);
    const end = start + length;
    const segment: Segment = { frame, start, end, sentAgain: this.#include(start, end) };
    if (segment.sentAgain) {
      for (const other of this.#waiting) if (other.start < end && start < other.end) other.sentAgain = true;
    }
    this.#waiting.push(segment);
    return segment;
  }

  /** An ACK of a segment is one of all before it. Gives those that wait no longer. */
  acknowledge({ end }: Segment): Segment[] {
    const done = this.#waiting.filter((segment) => segment.end <= end);
    this.#waiting = this.#waiting.filter((segment) => segment.end > end);
    return done;
  }

  #unwrap(sequence: number): number {
    const latest = this.#latest ?? sequence;
    const unwrapped = latest + ((sequence - latest) | 0);
    this.#latest = Math.max(latest, unwrapped);
    return unwrapped;
  }

  /** Adds a stretch; whether any of it was there before. */
  #include(start: number, end: number): boolean {
    const ends = this.#stretches.length;
    const lastEnd = this.#stretches[ends - 1] ?? -Infinity;
    if (start >= lastEnd) {
      // What follows right behind makes the last stretch longer: there are as many as there are holes.
      if (start === lastEnd) this.#stretches[ends - 1] = end;
      else this.#stretches.push(start, end);
      return false;
    }
    let overlaps = false;
    let [from, to] = [start, end];
    const apart: number[] = [];
    for (let at = 0; at < ends; at += 2) {
      const [low = 0, high = 0] = this.#stretches.slice(at, at + 2);
      if (high < start || low > end) {
        apart.push(low, high);
        continue;
      }
      if (low < end && start < high) overlaps = true;
      [from, to] = [Math.min(from, low), Math.max(to, high)];
    }
    const place = apart.findIndex((edge, at) => at % 2 === 0 && edge > to);
    apart.splice(place === -1 ? apart.length : place, 0, from, to);
    this.#stretches = apart;
    return overlaps;
  }
}
