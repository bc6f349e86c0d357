import { CompensatedSum } from '../table/compensated-sum.ts';
import { Moments } from './moments.ts';
import type { SketchedValues } from './sketched-values.ts';
import type { Figures } from './summarize.ts';
import { ValueSketch } from './value-sketch.ts';

/** What is known of values that are not kept: their sketch, and beside it their sum and moments. */
export class SketchedSamples {
  readonly #sketch = new ValueSketch();
  readonly #sum = new CompensatedSum();
  readonly #moments = new Moments();

  get count(): number {
    return this.#sketch.count;
  }

  add(value: number): void {
    this.#sketch.add(value);
    this.#sum.add(value);
    this.#moments.add(value);
  }

  addAll(other: SketchedSamples): void {
    this.#sketch.addAll(other.#sketch);
    this.#sum.add(other.#sum.value);
    this.#moments.addAll(other.#moments);
  }

  distribution(): SketchedValues {
    return this.#sketch.distribution();
  }

  figures(): Figures {
    return { sum: this.#sum.value, variance: this.#moments.variance };
  }
}
