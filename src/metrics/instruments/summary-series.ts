import type { QuantileValue } from '../metric-family.ts';
import { checkNumber } from './numbers.ts';
import { Timed } from './timed.ts';
import { WindowQuantiles, type WindowLayout } from './window-quantiles.ts';

/** One label set of a summary. */
export class SummarySeries extends Timed {
  readonly #metric: string;
  readonly #window: WindowQuantiles;
  #quantiles: readonly QuantileValue[] = [];
  #count = 0;
  #sum = 0;

  /** @param metric - for messages */
  constructor(metric: string, layout: WindowLayout) {
    super();
    this.#metric = metric;
    this.#window = new WindowQuantiles(layout);
  }

  get count(): number {
    return this.#count;
  }

  get sum(): number {
    return this.#sum;
  }

  /** Those that were last estimated. */
  get quantiles(): readonly QuantileValue[] {
    return this.#quantiles;
  }

  /** Counts one observation. NaN and the infinities count in the sum alone, and are no part of the quantiles. */
  observe(value: number): void {
    checkNumber(this.#metric, value);
    this.#count += 1;
    this.#sum += value;
    this.#window.add(value);
  }

  async estimate(): Promise<void> {
    this.#quantiles = await this.#window.quantiles();
  }

  protected override took(seconds: number): void {
    this.observe(seconds);
  }
}
