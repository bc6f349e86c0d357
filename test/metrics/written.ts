/** Remote-write requests read by the wire format alone, without the writer under test. */

import type { WriteRequest } from '../../src/metrics/write-request-batch.ts';

export interface DecodedSeries {
  readonly labels: readonly (readonly [name: string, value: string])[];
  readonly points: readonly DecodedPoint[];
  readonly exemplars: readonly {
    readonly labels: Record<string, string>;
    readonly value: number;
    readonly atMs: number;
  }[];
}

export interface DecodedPoint {
  readonly atMs: number;
  /** A number, the mark of the end, or the count of a native histogram. */
  readonly value: number | 'stale' | { readonly count: number; readonly sum: number };
}

export interface DecodedRequest {
  readonly series: DecodedSeries[];
  readonly metadata: { type: number; name: string; help: string; unit: string }[];
}

type Field = readonly [number: number, value: number | Buffer];

export function decodeRequest({ bytes }: Pick<WriteRequest, 'bytes'>): DecodedRequest {
  const fields = fieldsOf(Buffer.from(bytes));
  return {
    series: messages(fields, 1).map(seriesOf),
    metadata: messages(fields, 3).map((of) => ({
      type: Number(first(of, 1)),
      name: text(of, 2),
      help: text(of, 4),
      unit: text(of, 5),
    })),
  };
}

/** All series of several requests, by their labels as text in their order; fails where one comes twice. */
export function bySeries(requests: Iterable<WriteRequest>): Map<string, DecodedSeries> {
  const found = new Map<string, DecodedSeries>();
  for (const request of requests) {
    for (const series of decodeRequest(request).series) {
      const key = series.labels.map(([name, value]) => `${name}=${JSON.stringify(value)}`).join();
      if (found.has(key)) throw new Error(`Twice: ${key}`);
      found.set(key, series);
    }
  }
  return found;
}

function seriesOf(fields: readonly Field[]): DecodedSeries {
  return {
    labels: messages(fields, 1).map((label) => [text(label, 1), text(label, 2)] as const),
    points: [
      ...messages(fields, 2).map((sample) => ({
        value: doubleOf(sample, 1),
        atMs: Number(first(sample, 2)),
      })),
      ...messages(fields, 4).map((histogram) => {
        const sum = doubleOf(histogram, 3);
        const value = sum === 'stale' ? sum : { count: Number(first(histogram, 1)), sum };
        return { value, atMs: Number(first(histogram, 15)) };
      }),
    ],
    exemplars: messages(fields, 3).map((exemplar) => ({
      labels: Object.fromEntries(messages(exemplar, 1).map((label) => [text(label, 1), text(label, 2)])),
      value: doubleOf(exemplar, 2) as number,
      atMs: Number(first(exemplar, 3)),
    })),
  };
}

function doubleOf(fields: readonly Field[], number: number): number | 'stale' {
  const bytes = first(fields, number);
  if (!Buffer.isBuffer(bytes)) throw new Error('No double.');
  return bytes.readBigUInt64LE() === 0x7ff0000000000002n ? 'stale' : bytes.readDoubleLE();
}

function messages(fields: readonly Field[], number: number): Field[][] {
  return fields.filter(([of]) => of === number).map(([, value]) => fieldsOf(value as Buffer));
}

function text(fields: readonly Field[], number: number): string {
  const bytes = first(fields, number);
  return Buffer.isBuffer(bytes) ? bytes.toString('utf8') : '';
}

function first(fields: readonly Field[], number: number): number | Buffer | undefined {
  return fields.find(([of]) => of === number)?.[1];
}

function fieldsOf(bytes: Buffer): Field[] {
  const fields: Field[] = [];
  let at = 0;
  const varint = (): number => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = bytes[at++]!;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return Number(value);
    }
  };
  const take = (length: number): Buffer => bytes.subarray(at, (at += length));
  while (at < bytes.length) {
    const key = varint();
    const number = Math.floor(key / 8);
    if (key % 8 === 0) fields.push([number, varint()]);
    else if (key % 8 === 1) fields.push([number, take(8)]);
    else if (key % 8 === 2) fields.push([number, take(varint())]);
    else throw new Error(`Wire type ${key % 8}.`);
  }
  return fields;
}
