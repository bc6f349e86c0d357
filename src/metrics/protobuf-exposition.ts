import type { CounterSample, LabelSet, MetricFamily, SummarySample, ValueSample } from './metric-family.ts';
import { writeExemplar, writeHistogram } from './protobuf-histogram.ts';
import { writeLabels } from './protobuf-labels.ts';
import { ProtobufWriter } from './protobuf-writer.ts';
import { textName } from './text-name.ts';

// The numbers of the fields are those of io.prometheus.client, metrics.proto.
const familyFields = { name: 1, help: 2, type: 3, metric: 4 } as const;
const metricFields = { label: 1, gauge: 2, counter: 3, summary: 4, histogram: 7 } as const;
const typeNumbers = { counter: 0, gauge: 1, summary: 2, histogram: 4 } as const;
const valueField = 1;
const counterExemplarField = 2;
const summaryFields = { count: 1, sum: 2, quantile: 3 } as const;
const quantileFields = { quantile: 1, value: 2 } as const;

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
      for (const sample of family.samples) yield counterMetric(sample);
      return;
    case 'gauge':
      yield* gauges(family.samples);
      return;
    case 'summary':
      for (const sample of family.samples) yield summaryMetric(sample);
      return;
    case 'info':
      for (const { labels } of family.samples) yield gaugeMetric(labels, 1);
      return;
    case 'stateset':
      for (const { labels, state: current } of family.samples) {
        for (const state of family.states) {
          yield gaugeMetric({ ...labels, [family.name]: state }, state === current ? 1 : 0);
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

function* gauges(samples: Iterable<ValueSample>): Generator<WriteMetric, void> {
  for (const { labels, value } of samples) yield gaugeMetric(labels, value);
}

function gaugeMetric(labels: LabelSet, value: number): WriteMetric {
  return (writer) => {
    writeLabels(writer, metricFields.label, labels);
    writer.message(metricFields.gauge, () => {
      writer.double(valueField, value);
    });
  };
}

function counterMetric({ labels, value, exemplar }: CounterSample): WriteMetric {
  return (writer) => {
    writeLabels(writer, metricFields.label, labels);
    writer.message(metricFields.counter, () => {
      writer.double(valueField, value);
      if (exemplar === undefined) return;
      writer.message(counterExemplarField, () => {
        writeExemplar(writer, exemplar);
      });
    });
  };
}

function summaryMetric({ labels, quantiles, count, sum }: SummarySample): WriteMetric {
  return (writer) => {
    writeLabels(writer, metricFields.label, labels);
    writer.message(metricFields.summary, () => {
      writer.unsigned(summaryFields.count, count);
      writer.double(summaryFields.sum, sum);
      for (const { quantile, value } of quantiles) {
        writer.message(summaryFields.quantile, () => {
          writer.double(quantileFields.quantile, quantile);
          writer.double(quantileFields.value, value);
        });
      }
    });
  };
}
