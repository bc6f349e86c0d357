import { RttsharkError } from '../../errors.ts';
import type { SummaryFamily } from '../metric-family.ts';
import type { InstrumentOptions } from './instrument.ts';
import { Observer } from './observer.ts';
import { SummarySeries } from './summary-series.ts';
import type { WindowLayout } from './window-quantiles.ts';

export interface SummaryOptions<Label extends string> extends InstrumentOptions<Label, Summary<Label>> {
  /** The base unit, such as `seconds` or `bytes`: the name's end, where it is not there yet. */
  readonly unit?: string | undefined;
  /** From 0 to 1, ascending; prom-client's by default. With `[]`, there are sum and count alone, as in Python's client. */
  readonly percentiles?: readonly number[] | undefined;
  /** How long an observation counts for the quantiles: 600 by default. */
  readonly maxAgeSeconds?: number | undefined;
  /** In how many steps the window moves on: 5 by default. */
  readonly ageBuckets?: number | undefined;
}

/** Observations, with quantiles of those that came of late. */
export class Summary<Label extends string = never> extends Observer<Label, [value: number], SummarySeries> {
  /**
   * @throws RttsharkError `usage` for names that Prometheus does not take, and for those that are taken; for percentiles
   *   that are none or do not grow, and for a window that cannot be
   */
  constructor(options: SummaryOptions<Label>) {
    const window = windowOf(options);
    super('summary', options, () => new SummarySeries(options.name, window));
  }

  protected override bringUpToDate(series: SummarySeries): Promise<void> {
    return series.estimate();
  }

  protected override familyOf(): SummaryFamily {
    const { bareName: name, help, unit } = this;
    const samples = this.samples((labels, { quantiles, count, sum }) => ({ labels, quantiles, count, sum }));
    return { type: 'summary', name, help, unit, samples };
  }
}

function windowOf({
  name,
  percentiles = [0.01, 0.05, 0.5, 0.9, 0.95, 0.99, 0.999],
  maxAgeSeconds = 600,
  ageBuckets = 5,
}: Pick<SummaryOptions<never>, 'name' | 'percentiles' | 'maxAgeSeconds' | 'ageBuckets'>): WindowLayout {
  for (const [i, percentile] of percentiles.entries()) {
    if (percentile >= 0 && percentile <= 1 && !(percentile <= (percentiles[i - 1] ?? -1))) continue;
    throw new RttsharkError('usage', `"${name}" cannot have the percentile "${percentile}".`, {
      hint: 'Percentiles are numbers from 0 to 1, each larger than the one before.',
    });
  }
  if (!(maxAgeSeconds > 0 && maxAgeSeconds < Infinity) || !(Number.isInteger(ageBuckets) && ageBuckets > 0)) {
    throw new RttsharkError(
      'usage',
      `"${name}" cannot have a window of ${ageBuckets} steps in ${maxAgeSeconds} s.`,
    );
  }
  return { percentiles: [...percentiles], maxAgeSeconds, ageBuckets };
}
