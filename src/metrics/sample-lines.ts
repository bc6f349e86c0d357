import { labelText } from './label-text.ts';
import type {
  CounterSample,
  Exemplar,
  HistogramFamily,
  LabelSet,
  MetricFamily,
  StateSetFamily,
  SummaryFamily,
  ValueSample,
} from './metric-family.ts';
import { valueText } from './number-text.ts';

/** What the formats write differently in the lines of samples. */
export interface SampleManner {
  /** A bucket's upper bound as the value of `le`, or a quantile. */
  boundText(bound: number): string;
  /** Whether sum and count are left out where a bound is negative: the sum can shrink then, as no counter may. */
  readonly hidesNegativeSums: boolean;
  readonly showsExemplars: boolean;
}

/** The lines of a family's samples, each with its line end: one string for each sample, however many lines it has. */
export function sampleLines(family: MetricFamily, manner: SampleManner): Generator<string> {
  switch (family.type) {
    case 'counter':
      return counterLines(`${family.name}_total`, family.samples, manner);
    case 'gauge':
      return valueLines(family.name, family.samples);
    case 'info':
      return infoLines(`${family.name}_info`, family.samples);
    case 'stateset':
      return stateLines(family);
    case 'summary':
      return summaryLines(family, manner);
    case 'histogram':
      return histogramLines(family, manner);
  }
}

function* valueLines(name: string, samples: Iterable<ValueSample>): Generator<string> {
  for (const { labels, value } of samples) yield `${name}${braced(labelText(labels))} ${valueText(value)}\n`;
}

function* counterLines(
  name: string,
  samples: Iterable<CounterSample>,
  { showsExemplars }: SampleManner,
): Generator<string> {
  for (const { labels, value, exemplar } of samples) {
    const behind = showsExemplars ? exemplarText(exemplar) : '';
    yield `${name}${braced(labelText(labels))} ${valueText(value)}${behind}\n`;
  }
}

function* summaryLines({ name, samples }: SummaryFamily, manner: SampleManner): Generator<string> {
  for (const { labels, quantiles, count, sum } of samples) {
    const text = labelText(labels);
    const beforeQuantile = `${name}{${text}${text === '' ? '' : ','}quantile=`;
    let lines = '';
    for (const { quantile, value } of quantiles) {
      lines += `${beforeQuantile}"${manner.boundText(quantile)}"} ${valueText(value)}\n`;
    }
    yield `${lines}${name}_sum${braced(text)} ${valueText(sum)}\n${name}_count${braced(text)} ${count}\n`;
  }
}

function* infoLines(name: string, samples: Iterable<{ readonly labels: LabelSet }>): Generator<string> {
  for (const { labels } of samples) yield `${name}${braced(labelText(labels))} 1\n`;
}

function* stateLines({ name, states, samples }: StateSetFamily): Generator<string> {
  for (const { labels, state: current } of samples) {
    yield states
      .map((state) => {
        const text = labelText({ ...labels, [name]: state });
        return `${name}{${text}} ${state === current ? 1 : 0}\n`;
      })
      .join('');
  }
}

function* histogramLines(family: HistogramFamily, manner: SampleManner): Generator<string> {
  const { name, samples } = family;
  let known: readonly number[] | undefined;
  let bucketEnds: readonly string[] = [];
  for (const { labels, bounds, cumulativeCounts, count, sum, exemplars = [] } of samples) {
    // Samples share their bounds: the text of these is made once.
    if (bounds !== known) {
      bucketEnds = bounds.map((bound) => `le="${manner.boundText(bound)}"} `);
      known = bounds;
    }
    const text = labelText(labels);
    const bucket = `${name}_bucket{${text}${text === '' ? '' : ','}`;
    const behind = manner.showsExemplars ? (i: number) => exemplarText(exemplars[i]) : () => '';
    let lines = '';
    for (let i = 0; i < bucketEnds.length; i++) {
      lines += `${bucket}${bucketEnds[i] ?? ''}${cumulativeCounts[i] ?? count}${behind(i)}\n`;
    }
    lines += `${bucket}le="+Inf"} ${count}${behind(bucketEnds.length)}\n`;
    if (!(manner.hidesNegativeSums && (bounds[0] ?? 0) < 0)) {
      lines += `${name}_sum${braced(text)} ${valueText(sum)}\n${name}_count${braced(text)} ${count}\n`;
    }
    yield lines;
  }
}

function exemplarText(exemplar: Exemplar | undefined): string {
  if (exemplar === undefined) return '';
  const { labels, value, atMs } = exemplar;
  return ` # {${labelText(labels)}} ${valueText(value)} ${atMs / 1000}`;
}

function braced(labels: string): string {
  return labels === '' ? '' : `{${labels}}`;
}
