import type { Exemplar, LabelSet, MetricFamily } from './metric-family.ts';
import { writeSpanned } from './protobuf-spans.ts';
import type { ProtobufWriter } from './protobuf-writer.ts';
import { textName } from './text-name.ts';
import type { WrittenHistogram, WrittenSeries } from './written-sample.ts';

// The numbers of the fields are those of prometheus.WriteRequest, remote.proto and types.proto.
const requestFields = { timeSeries: 1, metadata: 3 } as const;
const seriesFields = { label: 1, sample: 2, exemplar: 3, histogram: 4 } as const;
const labelFields = { name: 1, value: 2 } as const;
const sampleFields = { value: 1, timestamp: 2 } as const;
const exemplarFields = { label: 1, value: 2, timestamp: 3 } as const;
const histogramFields = {
  count: 1,
  sum: 3,
  schema: 4,
  zeroThreshold: 5,
  zeroCount: 6,
  timestamp: 15,
} as const;
const negativeFields = { span: 8, delta: 9 } as const;
const positiveFields = { span: 11, delta: 12 } as const;
const metadataFields = { type: 1, name: 2, help: 4, unit: 5 } as const;
const typeNumbers = { counter: 1, gauge: 2, histogram: 3, summary: 5, info: 6, stateset: 7 } as const;

const nameLabel = '__name__';

/** Of the NaN that says that a series has ended. */
const staleBits = { high: 0x7ff00000, low: 2 } as const;

/** The value of a series at a time: a number, a native histogram, or the end of the series. */
export interface WrittenPoint {
  readonly value: number | WrittenHistogram | 'stale' | 'stale histogram';
  /** Milliseconds since the epoch. */
  readonly atMs: number;
}

/** Label names and values, sorted by name; no value is empty. */
export type SortedLabels = readonly (readonly [name: string, value: string])[];

/**
 * The labels of a sample, as all of its series have them.
 *
 * @param added - labels of the whole write, which win over those of the sample
 */
export function sortedLabels(labels: LabelSet, added: LabelSet): SortedLabels {
  // A label without a value is none, and receivers refuse it.
  const present = Object.entries({ ...labels, ...added }).filter(([, value]) => value !== '');
  return present.sort(([a], [b]) => (a < b ? -1 : 1));
}

/**
 * Writes one series.
 *
 * @param labels - beside the name, and the label of its own that it may have
 * @param points - in the order of time
 */
export function writeSeries(
  writer: ProtobufWriter,
  { name, label }: Pick<WrittenSeries, 'name' | 'label'>,
  labels: SortedLabels,
  points: readonly WrittenPoint[],
  exemplars: readonly Exemplar[],
): void {
  const own = ownLabels(name, label);
  let at = 0;
  const writeOwn = (before: string | undefined) => {
    for (
      let next = own[at];
      next !== undefined && (before === undefined || next[0] < before);
      next = own[at]
    ) {
      writeLabel(writer, seriesFields.label, next[0], next[1]);
      at += 1;
    }
  };
  writer.message(requestFields.timeSeries, () => {
    for (const [of, value] of labels) {
      writeOwn(of);
      writeLabel(writer, seriesFields.label, of, value);
    }
    writeOwn(undefined);
    for (const point of points) writePoint(writer, point);
    for (const exemplar of exemplars) writeExemplar(writer, exemplar);
  });
}

/** Writes what is said of a family: its type, help and unit, under the name that its samples have. */
export function writeMetadata(writer: ProtobufWriter, family: MetricFamily): void {
  writer.message(requestFields.metadata, () => {
    writer.unsigned(metadataFields.type, typeNumbers[family.type]);
    writer.string(metadataFields.name, textName(family).name);
    writer.string(metadataFields.help, family.help);
    if (family.unit !== undefined) writer.string(metadataFields.unit, family.unit);
  });
}

function ownLabels(name: string, label: WrittenSeries['label']): SortedLabels {
  const called = [nameLabel, name] as const;
  if (label === undefined || label[1] === '') return [called];
  return label[0] < nameLabel ? [label, called] : [called, label];
}

function writeLabel(writer: ProtobufWriter, field: number, name: string, value: string): void {
  writer.message(field, () => {
    writer.string(labelFields.name, name);
    writer.string(labelFields.value, value);
  });
}

function writePoint(writer: ProtobufWriter, { value, atMs }: WrittenPoint): void {
  if (typeof value === 'object' || value === 'stale histogram') {
    writer.message(seriesFields.histogram, () => {
      if (typeof value === 'object') writeHistogram(writer, value);
      else writeEnd(writer, histogramFields.sum);
      writer.unsigned(histogramFields.timestamp, atMs);
    });
    return;
  }
  writer.message(seriesFields.sample, () => {
    if (value === 'stale') writeEnd(writer, sampleFields.value);
    else writer.double(sampleFields.value, value);
    writer.unsigned(sampleFields.timestamp, atMs);
  });
}

function writeEnd(writer: ProtobufWriter, field: number): void {
  writer.bits64(field, staleBits.high, staleBits.low);
}

function writeHistogram(writer: ProtobufWriter, { count, sum, native }: WrittenHistogram): void {
  writer.unsigned(histogramFields.count, count);
  writer.double(histogramFields.sum, sum);
  writer.signed(histogramFields.schema, native.schema);
  writer.double(histogramFields.zeroThreshold, native.zeroThreshold);
  writer.unsigned(histogramFields.zeroCount, native.zeroCount);
  writeSpanned(writer, negativeFields, native.negative);
  writeSpanned(writer, positiveFields, native.positive);
}

function writeExemplar(writer: ProtobufWriter, { labels, value, atMs }: Exemplar): void {
  writer.message(seriesFields.exemplar, () => {
    for (const [name, text] of Object.entries(labels)) {
      writeLabel(writer, exemplarFields.label, name, text);
    }
    writer.double(exemplarFields.value, value);
    writer.unsigned(exemplarFields.timestamp, atMs);
  });
}
