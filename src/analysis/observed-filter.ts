import type { Observed } from '../measure/capture-collector.ts';
import { counterFilter } from '../measure/packet-counter.ts';
import { segmentFilter } from '../measure/sent-once.ts';
import { bothFilters } from '../tshark/display-filter.ts';

/**
 * The display filter that selects the packets with anything to be observed.
 *
 * @throws RttsharkError `filter_invalid` where the brackets of a measurement's own filter do not pair
 */
export function observedFilter({ measurements, counters, onlySentOnce }: Observed): string {
  const each = [
    ...measurements.map(({ field, filter }) => bothFilters(field, filter)),
    ...counters.map(counterFilter),
    ...(onlySentOnce ? [segmentFilter] : []),
  ];
  const [only] = each;
  return each.length === 1 && only !== undefined ? only : each.map((one) => `(${one})`).join(' or ');
}
