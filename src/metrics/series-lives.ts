import type { LabelSet } from './metric-family.ts';
import { sortedLabels, type SortedLabels } from './write-request.ts';
import type { WrittenSample } from './written-sample.ts';

/** One sample, from its first write to its last. */
export interface Life {
  /** What its series are, and their values when they begin. */
  readonly atZero: WrittenSample;
  readonly labels: SortedLabels;
  round: number;
  /** Of the latest exemplar that was written. */
  exemplarMs: number;
}

/** Which samples were written, so that it can be told when they begin and when they have ended. */
export class SeriesLives {
  readonly #lives = new Map<string, Life>();
  readonly #labels: LabelSet;
  #round = 0;

  /** @param labels - added to those of the samples */
  constructor(labels: LabelSet) {
    this.#labels = labels;
  }

  /**
   * To be called for each sample of a round.
   *
   * @param family - its name
   */
  see(family: string, sample: WrittenSample): { readonly begins: boolean; readonly life: Life } {
    const key = `${family}${JSON.stringify(sample.labels)}`;
    const known = this.#lives.get(key);
    if (known !== undefined) {
      known.round = this.#round;
      return { begins: false, life: known };
    }
    const life = {
      atZero: sample.atZero(),
      labels: sortedLabels(sample.labels, this.#labels),
      round: this.#round,
      exemplarMs: 0,
    };
    this.#lives.set(key, life);
    return { begins: true, life };
  }

  /** Begins the next round: gives, and forgets, those that were not seen in this one. */
  *turn(): Generator<Life> {
    for (const [key, life] of this.#lives) {
      if (life.round === this.#round) continue;
      this.#lives.delete(key);
      yield life;
    }
    this.#round += 1;
  }
}
