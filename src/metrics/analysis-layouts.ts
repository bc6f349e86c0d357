import { RttsharkError } from '../errors.ts';
import type { RegistryOptions } from './analysis-registry.ts';
import { histogramLayout, type HistogramLayout, type MeasuredName } from './histogram-options.ts';
import { nameTaken } from './names.ts';
import { counterMetricName, samplesName, successName } from './own-names.ts';

/**
 * How the histogram of a single measurement is called and cut.
 *
 * @throws RttsharkError `usage` as `analysisLayouts` does
 */
export function analysisLayout(measured: MeasuredName, options: RegistryOptions): HistogramLayout {
  const { histogram, ownMetrics = true } = options;
  const layout = histogramLayout(measured, histogram);
  if (measured.metric === 'summary' && [...layout.labelNames.values()].includes('quantile')) {
    throw new RttsharkError('usage', 'A label of a summary cannot be called "quantile".', {
      hint: 'A summary has a label of that name already.',
    });
  }
  if (ownMetrics && [`${samplesName}_total`, successName].includes(layout.name)) throw nameTaken(layout.name);
  return layout;
}

/**
 * How the histograms of measurements are called and cut, in their order.
 *
 * @param counters - what is counted beside them
 * @throws RttsharkError `usage` as `histogramLayout` does, for a name that another metric has, and for a name or help
 *   text where there are several histograms
 */
export function analysisLayouts(
  measurements: readonly MeasuredName[],
  options: RegistryOptions,
  counters: readonly { readonly name: string }[] = [],
): HistogramLayout[] {
  const { histogram } = options;
  if (measurements.length > 1) refuseNames(measurements, histogram);
  const layouts = measurements.map((measured) =>
    analysisLayout(measured, {
      ...options,
      histogram: { ...histogram, labelNames: ownNames(measured, options) },
    }),
  );
  refuseUnknownLabels(measurements, options);
  const counted = counters.map(({ name }) => counterMetricName(name));
  const clash = layouts.find(({ name }) =>
    counted.some((other) => name === other || name === `${other}_total`),
  );
  if (clash !== undefined) {
    throw new RttsharkError('usage', `The metric name "${clash.name}" is taken by a counter.`, {
      hint: 'Choose another name for the histogram.',
    });
  }
  return layouts;
}

function refuseNames(measurements: readonly MeasuredName[], histogram: RegistryOptions['histogram']): void {
  const option =
    histogram?.name !== undefined
      ? 'A metric name'
      : histogram?.help !== undefined
        ? 'A help text'
        : undefined;
  if (option === undefined) return;
  throw new RttsharkError('usage', `${option} is for one histogram, and there are ${measurements.length}.`, {
    hint: `Measure one thing, or keep the names that they have: ${measurements.map(({ name }) => `rttshark_${name}_seconds`).join(', ')}.`,
  });
}

/** Of several measurements, not all need to have a label that is to be called otherwise. */
function ownNames({ labelNames }: MeasuredName, { histogram }: RegistryOptions): Record<string, string> {
  const names = Object.entries(histogram?.labelNames ?? {});
  return Object.fromEntries(names.filter(([label]) => labelNames.includes(label)));
}

function refuseUnknownLabels(measurements: readonly MeasuredName[], { histogram }: RegistryOptions): void {
  const labelNames = [...new Set(measurements.flatMap((measured) => measured.labelNames))];
  const [first] = measurements;
  if (first !== undefined) histogramLayout({ ...first, labelNames }, { labelNames: histogram?.labelNames });
}
