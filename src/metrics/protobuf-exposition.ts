import type { LabelSet, MetricFamily, ValueSample } from './metric-family.ts';
import { writeHistogram } from './protobuf-histogram.ts';
import { writeLabels } from './protobuf-labels.ts';
import { ProtobufWriter } from './protobuf-writer.ts';
import { textName } from './text-name.ts';

// The numbers of the fields are those of io.prometheus.client, metrics.proto.
const familyFields = { name: 1, help: 2, type: 3, metric: 4 } as const;
const metricFields = { label: 1, gauge: 2, counter: 3, histogram: 7 } as const;
const typeNumbers = { counter: 0, gauge: 1, histogram: 4 } as const;
const valueField = 1;

const chunkBytes = 16 * 1024;
const nothing = new Uint8Array(0);

/**
 * Prometheus' protobuf format: `io.prometheus.client.MetricFamily`, each behind its length. It knows no info and no
 * state set: they become gauges, as in the text format.
 *
 * A family's length stands before it, so that a family is made whole before its first byte is given. Empty chunks come
 * while it is made, after every 16 KiB, for whoever has other things to do.
 */
export function* protobufExposition(families: Iterable<MetricFamily>): Generator<Uint8Array> {
  const writer = new ProtobufWriter();
  for (const family of families) {
    const { name, type } = textName(family);
    const chunks: Uint8Array[] = [];
    let familyBytes = 0;
    writer.string(familyFields.name, name);
    writer.string(familyFields.help, family.help);
    writer.unsigned(familyFields.type, typeNumbers[type]);
    for (const writeMetric of metrics(family)) {
      writer.message(familyFields.metric, () => {
        writeMetric(writer);
      });
      if (writer.length < chunkBytes) continue;
      familyBytes += writer.length;
      chunks.push(writer.take());
      yield nothing;
    }
    familyBytes += writer.length;
    chunks.push(writer.take());
    writer.varint(familyBytes);
    yield writer.take();
    yield* chunks;
  }
}

type WriteMetric = (writer: ProtobufWriter) => void;

function* metrics(family: MetricFamily): Generator<WriteMetric, void> {
  switch (family.type) {
    case 'counter':
      yield* values(metricFields.counter, family.samples);
      return;
    case 'gauge':
      yield* values(metricFields.gauge, family.samples);
      return;
    case 'info':
      for (const { labels } of family.samples) yield valueMetric(metricFields.gauge, labels, 1);
      return;
    case 'stateset':
      for (const { labels, state: current } of family.samples) {
        for (const state of family.states) {
          yield valueMetric(
            metricFields.gauge,
            { ...labels, [family.name]: state },
            state === current ? 1 : 0,
          );
        }
      }
      return;
    case 'histogram':
      for (const sample of family.samples) {
        yield (writer) => {
          writeLabels(writer, metricFields.label, sample.labels);
          writer.message(metricFields.histogram, () => {
            writeHistogram(writer, sample, family.kind ?? 'classic');
          });
        };
      }
  }
}

function* values(field: number, samples: Iterable<ValueSample>): Generator<WriteMetric, void> {
  for (const { labels, value } of samples) yield valueMetric(field, labels, value);
}

function valueMetric(field: number, labels: LabelSet, value: number): WriteMetric {
  return (writer) => {
    writeLabels(writer, metricFields.label, labels);
    writer.message(field, () => {
      writer.double(valueField, value);
    });
  };
}
