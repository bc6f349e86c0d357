import { BoundedGroups, type GroupBounds } from './bounded-groups.ts';
import { labelsOf } from './each-sample.ts';
import { LiveGroup, type LiveHistogramOptions } from './live-group.ts';

export interface LiveGroupsOptions extends LiveHistogramOptions, GroupBounds {}

/** The groups of samples of a live capture, which let values go where there are too many. */
export class LiveGroups implements Iterable<LiveGroup> {
  readonly #groups: BoundedGroups<LiveGroup>;
  #sketchesBefore = false;
  #sketchesInterval = false;

  constructor(options: LiveGroupsOptions) {
    this.#groups = new BoundedGroups(options, (labelValues) => {
      const group = new LiveGroup(labelsOf(options.labels, labelValues), options);
      if (this.#sketchesBefore) group.sketchBefore();
      if (this.#sketchesInterval) group.sketchInterval();
      return group;
    });
  }

  /** With the one for all others. */
  get size(): number {
    return this.#groups.size;
  }

  /** How many were let go since the start. */
  get expired(): number {
    return this.#groups.expired;
  }

  [Symbol.iterator](): Iterator<LiveGroup> {
    return this.#groups[Symbol.iterator]();
  }

  /** The group for samples with these values of the labels; `isOther` where that is the one for all others. */
  of(labelValues: readonly string[]): { readonly group: LiveGroup; readonly isOther: boolean } {
    return this.#groups.of(labelValues);
  }

  /** Lets the values of closed intervals go, now and from now on. */
  sketchBefore(): void {
    if (this.#sketchesBefore) return;
    this.#sketchesBefore = true;
    for (const group of this.#groups) group.sketchBefore();
  }

  /** Lets the values of this interval go, now and until it is closed. */
  sketchInterval(): void {
    if (this.#sketchesInterval) return;
    this.#sketchesInterval = true;
    for (const group of this.#groups) group.sketchInterval();
  }

  closeInterval(): void {
    this.#sketchesInterval = false;
    for (const group of this.#groups) group.closeInterval();
  }

  /** Lets groups go that have been without samples for too long. */
  expire(nowMs: number): void {
    this.#groups.expire(nowMs);
  }
}
