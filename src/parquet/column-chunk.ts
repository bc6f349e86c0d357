import type { TimeForm } from '../arrow/arrow-schema.ts';
import { joinBytes } from '../arrow/join-bytes.ts';
import type { Column } from '../table/column.ts';
import { elementTypeOf, isListType } from '../table/column-types.ts';
import { binary, boolean, compactBytes, i32, i64, list, struct, text } from './compact-writer.ts';
import type { CompactValue } from './compact-writer.ts';
import type { Compress } from './compress.ts';
import { encodeValues } from './encoded-values.ts';
import type { Extremes } from './extremes.ts';
import { codecOf, encodingOf, pageTypeOf, physicalTypeOf } from './format.ts';
import type { Compression } from './format.ts';
import { leafValues } from './leaf-values.ts';
import { pathOf, storedAs } from './schema-elements.ts';

/** The values of one column in one row group, as they stand in the file. */
export interface ColumnChunk {
  /** Its pages, which follow each other. */
  readonly bytes: Uint8Array;
  readonly uncompressedLength: number;
  /** What the footer says of it. */
  readonly metadata: CompactValue;
}

export interface ChunkOptions {
  readonly compression: Compression;
  readonly compress: Compress;
  readonly times?: TimeForm | undefined;
}

/** @param offset - where in the file the chunk will be */
export function columnChunk(
  name: string,
  column: Column,
  offset: number,
  { compression, compress, times }: ChunkOptions,
): ColumnChunk {
  const { type } = column;
  const leaf = leafValues(column);
  const { dictionary, values, extremes } = encodeValues(
    times === 'microseconds-utc' ? inMicroseconds(leaf.values) : leaf.values,
  );
  const encoding = dictionary === undefined ? encodingOf.plain : encodingOf.rleDictionary;
  const levels = [leaf.repetition, leaf.definition].flatMap((bytes) =>
    bytes === undefined ? [] : [lengthOf(bytes), bytes],
  );
  const dictionaryPage =
    dictionary &&
    page(dictionary.bytes, compress, pageTypeOf.dictionary, {
      7: struct({ 1: i32(dictionary.count), 2: i32(encodingOf.plain) }),
    });
  const dataPage = page(joinBytes([...levels, values]), compress, pageTypeOf.data, {
    5: struct({
      1: i32(leaf.levelCount),
      2: i32(encoding),
      3: i32(encodingOf.rle),
      4: i32(encodingOf.rle),
    }),
  });
  const pages = dictionaryPage === undefined ? [dataPage] : [dictionaryPage, dataPage];
  const bytes = joinBytes(pages.flatMap((made) => [made.header, made.body]));
  const uncompressedLength = pages.reduce((sum, made) => sum + made.uncompressedLength, 0);
  const encodings = new Set([encoding, encodingOf.rle, encodingOf.plain]);
  const dictionaryLength = (dictionaryPage?.header.length ?? 0) + (dictionaryPage?.body.length ?? 0);
  const metadata = struct({
    1: i32(physicalTypeOf[storedAs[isListType(type) ? elementTypeOf(type) : type]]),
    2: list('i32', Array.from(encodings, i32)),
    3: list('binary', pathOf(name, type).map(text)),
    4: i32(codecOf[compression]),
    5: i64(leaf.levelCount),
    6: i64(uncompressedLength),
    7: i64(bytes.length),
    9: i64(offset + dictionaryLength),
    11: dictionaryPage && i64(offset),
    12: statistics(leaf.nullCount, extremes),
  });
  return { bytes, uncompressedLength, metadata: struct({ 2: i64(offset), 3: metadata }) };
}

/** Times without what is below a microsecond, as earlier or the same time; all else as it is. */
function inMicroseconds(column: Column): Column {
  if (column.type !== 'time') return column;
  const times = column as Column<'time'>;
  return times.with(
    (times.values as BigInt64Array<ArrayBuffer>).map(
      (time) => (time - (((time % 1000n) + 1000n) % 1000n)) / 1000n,
    ),
    undefined,
  );
}

interface Page {
  readonly header: Uint8Array;
  readonly body: Uint8Array;
  /** Header and body. */
  readonly uncompressedLength: number;
}

function page(
  content: Uint8Array,
  compress: Compress,
  type: number,
  details: Readonly<Record<number, CompactValue>>,
): Page {
  const body = compress(content);
  const header = compactBytes({ 1: i32(type), 2: i32(content.length), 3: i32(body.length), ...details });
  return { header, body, uncompressedLength: header.length + content.length };
}

function lengthOf(bytes: Uint8Array): Uint8Array {
  const prefix = new Uint8Array(4);
  new DataView(prefix.buffer).setUint32(0, bytes.length, true);
  return prefix;
}

function statistics(nullCount: number, extremes: Extremes | undefined): CompactValue {
  return struct({
    3: i64(nullCount),
    5: extremes && binary(extremes.max),
    6: extremes && binary(extremes.min),
    7: extremes && boolean(true),
    8: extremes && boolean(true),
  });
}
