import { RttsharkError } from '../errors.ts';
import type { Observed } from '../measure/capture-collector.ts';
import { checkLabels, defaultLabels, labelSources } from '../measure/labels.ts';
import { checkMeasurements, defaultMeasurements, parseMeasure } from '../measure/measure-list.ts';
import { tcpAckRtt, type Measurement } from '../measure/measurement.ts';
import { tcpEvents } from '../measure/packet-counter.ts';
import type { AnalysisOptions } from './analysis-options.ts';

type ObservedOptions = Pick<
  AnalysisOptions,
  'measurements' | 'counters' | 'excludeRetransmitted' | 'by' | 'swap' | 'prefix' | 'maxGroups' | 'filter'
>;

/** @throws RttsharkError `usage` for what is not known, or cannot be had together */
export function observedBy(options: ObservedOptions): Observed {
  const { by = defaultLabels, swap = false, counters = false, excludeRetransmitted = false } = options;
  const measurements = measurementsOf(options.measurements);
  if (excludeRetransmitted) refuseWithoutSegments(measurements, options.filter);
  refuseOwnFilters(measurements, counters || excludeRetransmitted);
  return {
    measurements,
    counters: counters ? tcpEvents : [],
    labels: labelSources(checkLabels(by), swap),
    onlySentOnce: excludeRetransmitted,
    prefix: options.prefix,
    maxGroups: options.maxGroups ?? Infinity,
  };
}

function measurementsOf(asked: AnalysisOptions['measurements']): readonly Measurement[] {
  if (asked === undefined) return defaultMeasurements;
  return checkMeasurements(asked.flatMap((one) => (typeof one === 'string' ? parseMeasure(one) : [one])));
}

/** Who filters packets may filter the segments away. */
function refuseWithoutSegments(measurements: readonly Measurement[], filter: string | undefined): void {
  if (!measurements.some(({ field }) => field === tcpAckRtt.field)) {
    throw new RttsharkError(
      'usage',
      `Only samples of "${tcpAckRtt.name}" can be told to be of retransmitted segments.`,
      {
        hint: 'Measure tcp too, or leave --exclude-retransmitted out.',
      },
    );
  }
  if (filter === undefined || filter.trim() === '') return;
  throw new RttsharkError(
    'usage',
    'A display filter (-Y) cannot be had together with --exclude-retransmitted.',
    {
      hint: 'It could hide the segments by which one can tell. Filter the capture itself: tshark -r FILE -Y FILTER -w OTHER.',
    },
  );
}

/** A row does not tell which of several filters it passed. */
function refuseOwnFilters(measurements: readonly Measurement[], countsMore: boolean): void {
  const filtered = measurements.find(({ filter }) => filter !== undefined);
  if (filtered === undefined || (measurements.length === 1 && !countsMore)) return;
  throw new RttsharkError(
    'usage',
    `"${filtered.name}" has a filter of its own and is to be measured by itself.`,
    {
      hint: 'Leave its filter out, or the other measurements and counters.',
    },
  );
}
