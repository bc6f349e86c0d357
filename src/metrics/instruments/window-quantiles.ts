import { Summary } from 'prom-client';
import type { QuantileValue } from '../metric-family.ts';

export interface WindowLayout {
  readonly percentiles: readonly number[];
  readonly maxAgeSeconds: number;
  readonly ageBuckets: number;
}

/** Quantiles of what came within a sliding window, estimated by prom-client. */
export class WindowQuantiles {
  readonly #percentiles: readonly number[];
  readonly #digest: Summary | undefined;

  constructor({ percentiles, maxAgeSeconds, ageBuckets }: WindowLayout) {
    this.#percentiles = percentiles;
    if (percentiles.length === 0) return;
    this.#digest = new Summary({
      name: 'window',
      help: 'window',
      registers: [],
      percentiles: [...percentiles],
      maxAgeSeconds,
      ageBuckets,
      // Without it, quantiles of an empty window would be 0.
      pruneAgedBuckets: true,
    });
  }

  /** @param value - not taken unless it is finite */
  add(value: number): void {
    if (Number.isFinite(value)) this.#digest?.observe(value);
  }

  /** NaN where nothing came within the window. */
  async quantiles(): Promise<QuantileValue[]> {
    const { values = [] } = (await this.#digest?.get()) ?? {};
    const known = new Map(values.map(({ labels, value }) => [labels['quantile'], value]));
    return this.#percentiles.map((quantile) => ({ quantile, value: known.get(quantile) ?? NaN }));
  }
}
