/** The names of what rttshark says of an analysis, without the ending that a counter gets. */
export const samplesName = 'rttshark_samples';
export const successName = 'rttshark_last_success_timestamp_seconds';

/** Of a counter of packets, without its `_total`. */
export function counterMetricName(name: string): string {
  return `rttshark_${name}`;
}
