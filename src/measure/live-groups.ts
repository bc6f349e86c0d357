import { labelsOf } from './each-sample.ts';
import type { LabelSource } from './labels.ts';
import { LiveGroup, type LiveHistogramOptions } from './live-group.ts';
import { otherValue } from './other-group.ts';

export interface LiveGroupsOptions extends LiveHistogramOptions {
  readonly labels: readonly LabelSource[];
  /** Beyond so many, all others are one group, whose every label has the value `other`. */
  readonly maxGroups: number;
  /** A group without samples for so long is let go. `Infinity`: never. */
  readonly expireMs: number;
}

/** The groups of a live capture: not more than so many, and none for longer than it is of use. */
export class LiveGroups implements Iterable<LiveGroup> {
  readonly #options: LiveGroupsOptions;
  readonly #groups = new Map<string, LiveGroup>();
  readonly #otherKey: string;
  #expired = 0;
  #sketchesBefore = false;
  #sketchesInterval = false;

  constructor(options: LiveGroupsOptions) {
    this.#options = options;
    this.#otherKey = keyOf(options.labels.map(() => otherValue));
  }

  /** With the one for all others. */
  get size(): number {
    return this.#groups.size;
  }

  /** How many were let go since the start. */
  get expired(): number {
    return this.#expired;
  }

  [Symbol.iterator](): Iterator<LiveGroup> {
    return this.#groups.values();
  }

  /** The group for samples with these values of the labels; `isOther` where that is the one for all others. */
  of(labelValues: readonly string[]): { readonly group: LiveGroup; readonly isOther: boolean } {
    const { labels, maxGroups } = this.#options;
    const key = keyOf(labelValues);
    const known = this.#groups.get(key);
    if (known !== undefined) return { group: known, isOther: false };
    if (this.size - Number(this.#groups.has(this.#otherKey)) < maxGroups || labels.length === 0) {
      return { group: this.#create(key, labelValues), isOther: false };
    }
    const other =
      this.#groups.get(this.#otherKey) ??
      this.#create(
        this.#otherKey,
        labels.map(() => otherValue),
      );
    return { group: other, isOther: true };
  }

  /** Lets the values of closed intervals go, now and from now on. */
  sketchBefore(): void {
    if (this.#sketchesBefore) return;
    this.#sketchesBefore = true;
    for (const group of this.#groups.values()) group.sketchBefore();
  }

  /** Lets the values of this interval go, now and until it is closed. */
  sketchInterval(): void {
    if (this.#sketchesInterval) return;
    this.#sketchesInterval = true;
    for (const group of this.#groups.values()) group.sketchInterval();
  }

  closeInterval(): void {
    this.#sketchesInterval = false;
    for (const group of this.#groups.values()) group.closeInterval();
  }

  /** Lets groups go that have been without samples for too long. */
  expire(nowMs: number): void {
    for (const [key, group] of this.#groups) {
      if (nowMs - group.lastActiveMs < this.#options.expireMs) continue;
      this.#groups.delete(key);
      this.#expired += 1;
    }
  }

  #create(key: string, labelValues: readonly string[]): LiveGroup {
    const group = new LiveGroup(labelsOf(this.#options.labels, labelValues), this.#options);
    if (this.#sketchesBefore) group.sketchBefore();
    if (this.#sketchesInterval) group.sketchInterval();
    this.#groups.set(key, group);
    return group;
  }
}

function keyOf(labelValues: readonly string[]): string {
  return JSON.stringify(labelValues);
}
