import type { MetricFamily } from './metric-family.ts';
import { openMetricsExposition } from './open-metrics-exposition.ts';
import { protobufExposition } from './protobuf-exposition.ts';
import { textExposition } from './text-exposition.ts';

export interface ExpositionFormat {
  /** For the header of the same name. */
  readonly contentType: string;
  /** Makes the text or the bytes, in chunks of some 64 KiB. */
  encode(families: Iterable<MetricFamily>): Generator<string | Uint8Array>;
}

/** The formats in which metrics are served and pushed. */
export const expositionFormats = {
  text: { contentType: 'text/plain; version=0.0.4; charset=utf-8', encode: textExposition },
  openMetrics: {
    contentType: 'application/openmetrics-text; version=1.0.0; charset=utf-8',
    encode: openMetricsExposition,
  },
  protobuf: {
    contentType:
      'application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited',
    encode: protobufExposition,
  },
} as const satisfies Readonly<Record<string, ExpositionFormat>>;
