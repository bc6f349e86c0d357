import type { LabelSet } from './metric-family.ts';
import type { ProtobufWriter } from './protobuf-writer.ts';

const pairFields = { name: 1, value: 2 } as const;

/** Labels as repeated `LabelPair` of `io.prometheus.client`. */
export function writeLabels(writer: ProtobufWriter, field: number, labels: LabelSet): void {
  for (const name of Object.keys(labels)) {
    writer.message(field, () => {
      writer.string(pairFields.name, name);
      writer.string(pairFields.value, labels[name] ?? '');
    });
  }
}
