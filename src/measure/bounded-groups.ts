import { otherValue } from './other-group.ts';
import type { LabelSource } from './labels.ts';

export interface GroupBounds {
  readonly labels: readonly LabelSource[];
  /** Beyond so many, all others are one group, whose every label has the value `other`. */
  readonly maxGroups: number;
  /** A group to which nothing happens for so long is let go. `Infinity`: never. */
  readonly expireMs: number;
}

/** The groups of a live capture: not more than so many, and none for longer than it is of use. */
export class BoundedGroups<Group extends { readonly lastActiveMs: number }> implements Iterable<Group> {
  readonly #bounds: GroupBounds;
  readonly #create: (labelValues: readonly string[]) => Group;
  readonly #groups = new Map<string, Group>();
  readonly #otherKey: string;
  #expired = 0;

  constructor(bounds: GroupBounds, create: (labelValues: readonly string[]) => Group) {
    this.#bounds = bounds;
    this.#create = create;
    this.#otherKey = keyOf(bounds.labels.map(() => otherValue));
  }

  /** With the one for all others. */
  get size(): number {
    return this.#groups.size;
  }

  /** How many were let go since the start. */
  get expired(): number {
    return this.#expired;
  }

  [Symbol.iterator](): Iterator<Group> {
    return this.#groups.values();
  }

  /** The group with these values of the labels; `isOther` where that is the one for all others. */
  of(labelValues: readonly string[]): { readonly group: Group; readonly isOther: boolean } {
    const { labels, maxGroups } = this.#bounds;
    const key = keyOf(labelValues);
    const known = this.#groups.get(key);
    if (known !== undefined) return { group: known, isOther: false };
    if (this.size - Number(this.#groups.has(this.#otherKey)) < maxGroups || labels.length === 0) {
      return { group: this.#add(key, labelValues), isOther: false };
    }
    const others = labels.map(() => otherValue);
    const group = this.#groups.get(this.#otherKey) ?? this.#add(this.#otherKey, others);
    return { group, isOther: true };
  }

  /** Lets groups go that have been idle for too long. */
  expire(nowMs: number): void {
    for (const [key, group] of this.#groups) {
      if (nowMs - group.lastActiveMs < this.#bounds.expireMs) continue;
      this.#groups.delete(key);
      this.#expired += 1;
    }
  }

  #add(key: string, labelValues: readonly string[]): Group {
    const group = this.#create(labelValues);
    this.#groups.set(key, group);
    return group;
  }
}

function keyOf(labelValues: readonly string[]): string {
  return JSON.stringify(labelValues);
}
