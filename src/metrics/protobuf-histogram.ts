import { slowestFirst } from './exemplars.ts';
import type { Exemplar, HistogramKind, HistogramSample } from './metric-family.ts';
import type { NativeHistogram } from './native-histogram.ts';
import { writeLabels } from './protobuf-labels.ts';
import { writeSpanned } from './protobuf-spans.ts';
import type { ProtobufWriter } from './protobuf-writer.ts';

// The numbers of the fields are those of io.prometheus.client, metrics.proto.
const fields = { count: 1, sum: 2, bucket: 3, schema: 5, zeroThreshold: 6, zeroCount: 7 } as const;
const positiveFields = { span: 12, delta: 13 } as const;
const negativeFields = { span: 9, delta: 10 } as const;
const bucketFields = { cumulativeCount: 1, upperBound: 2, exemplar: 3 } as const;
const exemplarFields = { label: 1, value: 2, timestamp: 3 } as const;
const timestampFields = { seconds: 1, nanos: 2 } as const;

/** The fields of a `Histogram`. */
export function writeHistogram(writer: ProtobufWriter, sample: HistogramSample, kind: HistogramKind): void {
  writer.unsigned(fields.count, sample.count);
  writer.double(fields.sum, sample.sum);
  writeBuckets(writer, sample, kind);
  if (kind !== 'classic' && sample.native !== undefined) writeNative(writer, sample.native);
}

/**
 * Buckets with bounds. A native histogram alone has those with an exemplar: many versions of Prometheus look for the
 * exemplars of a native histogram there and nowhere else, and it keeps no series of these buckets. Then the slowest come
 * first, because versions such as 2.42 take the first exemplar only.
 */
function writeBuckets(writer: ProtobufWriter, sample: HistogramSample, kind: HistogramKind): void {
  const { bounds, cumulativeCounts, count, exemplars = [] } = sample;
  const last = bounds.length;
  for (let at = 0; at <= last; at++) {
    const i = slowestFirst(kind) ? last - at : at;
    const exemplar = exemplars[i];
    // The infinite bucket is understood, its count being that of all.
    if (exemplar === undefined && (kind === 'native' || i === last)) continue;
    writer.message(fields.bucket, () => {
      writer.unsigned(bucketFields.cumulativeCount, i === last ? count : (cumulativeCounts[i] ?? count));
      writer.double(bucketFields.upperBound, bounds[i] ?? Infinity);
      if (exemplar !== undefined) {
        writer.message(bucketFields.exemplar, () => {
          writeExemplar(writer, exemplar);
        });
      }
    });
  }
}

/** The fields of an `Exemplar`. */
export function writeExemplar(writer: ProtobufWriter, { labels, value, atMs }: Exemplar): void {
  writeLabels(writer, exemplarFields.label, labels);
  writer.double(exemplarFields.value, value);
  writer.message(exemplarFields.timestamp, () => {
    writer.unsigned(timestampFields.seconds, Math.floor(atMs / 1000));
    writer.unsigned(timestampFields.nanos, Math.round((atMs % 1000) * 1e6));
  });
}

function writeNative(writer: ProtobufWriter, native: NativeHistogram): void {
  writer.signed(fields.schema, native.schema);
  writer.double(fields.zeroThreshold, native.zeroThreshold);
  writer.unsigned(fields.zeroCount, native.zeroCount);
  writeSpanned(writer, negativeFields, native.negative);
  writeSpanned(writer, positiveFields, native.positive);
}
