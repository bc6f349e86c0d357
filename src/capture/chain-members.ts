import type { ChainMember } from './chain-member.ts';

/** The tsharks of a chain by what they do at this moment. */
export class ChainMembers {
  /** Whose rows are given. */
  current: ChainMember | undefined;
  /** Runs beside the current one, and will follow it. */
  next: ChainMember | undefined;
  /** Was followed, and still prints its last rows. */
  leaving: ChainMember | undefined;
  readonly #malformedOfGone = { rows: 0, values: 0 };

  all(): ChainMember[] {
    return [this.current, this.next, this.leaving].filter((member) => member !== undefined);
  }

  /** The one whose rows come before those of another. */
  before(member: ChainMember): ChainMember | undefined {
    if (member === this.next) return this.current;
    return member === this.current ? this.leaving : undefined;
  }

  /** The next one becomes the current one, which leaves. */
  follow(): void {
    this.leaving = this.current;
    this.current = this.next;
    this.next = undefined;
  }

  /** Takes away one that has ended, and tells what it was. */
  remove(member: ChainMember): 'current' | 'next' | 'leaving' | null {
    const role = (['current', 'next', 'leaving'] as const).find((name) => this[name] === member);
    if (role === undefined) return null;
    if (role !== 'next') {
      this.#malformedOfGone.rows += member.generation.counts.malformedRows;
      this.#malformedOfGone.values += member.generation.counts.malformedValues;
    }
    this[role] = undefined;
    return role;
  }

  get malformedRows(): number {
    const counts = this.#counting().map(({ generation }) => generation.counts.malformedRows);
    return counts.reduce((sum, count) => sum + count, this.#malformedOfGone.rows);
  }

  get malformedValues(): number {
    const counts = this.#counting().map(({ generation }) => generation.counts.malformedValues);
    return counts.reduce((sum, count) => sum + count, this.#malformedOfGone.values);
  }

  /** Bytes that wait for the slowest one. */
  get backlogBytes(): number {
    return Math.max(0, ...this.all().map(({ generation }) => generation.backlogBytes));
  }

  /** Of all together; null where the system does not tell. */
  memoryBytes(): number | null {
    const all = this.all().map(({ generation }) => generation.memoryBytes());
    return all.length === 0 || all.includes(null)
      ? null
      : all.reduce<number>((sum, bytes) => sum + (bytes ?? 0), 0);
  }

  pids(): number[] {
    return this.all().flatMap(({ generation }) => generation.pids());
  }

  /** Those whose rows are given; the next one's are only compared. */
  #counting(): ChainMember[] {
    return [this.current, this.leaving].filter((member) => member !== undefined);
  }
}
