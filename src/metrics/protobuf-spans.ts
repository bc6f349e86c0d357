import type { SpannedBuckets } from './native-histogram.ts';
import type { ProtobufWriter } from './protobuf-writer.ts';

/** Of `BucketSpan`, which is the same message wherever native histograms go. */
const spanFields = { offset: 1, length: 2 } as const;

/** Buckets on one side of zero: a message for each span, and the deltas of all. */
export function writeSpanned(
  writer: ProtobufWriter,
  numbers: { readonly span: number; readonly delta: number },
  { spans, deltas }: SpannedBuckets,
): void {
  for (const { offset, length } of spans) {
    writer.message(numbers.span, () => {
      writer.signed(spanFields.offset, offset);
      writer.unsigned(spanFields.length, length);
    });
  }
  writer.packedSigned(numbers.delta, deltas);
}
