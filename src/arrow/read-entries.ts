import type { ArrowField } from './arrow-field.ts';
import { typeOf } from './format.ts';
import { part } from './read-messages.ts';
import { integers, longs } from './read-numbers.ts';

/** The bytes of the entry of a row. */
export type FindEntry = (row: number) => Uint8Array;

/** The text of each row. */
export function* textEntries(
  find: FindEntry,
  length: number,
  validity: Uint8Array | undefined,
): Generator<string | null, void, undefined> {
  for (let row = 0; row < length; row++) yield validity?.[row] === 0 ? null : textOf(find(row));
}

/** The bytes of each row. */
export function* byteEntries(
  find: FindEntry,
  length: number,
  validity: Uint8Array | undefined,
): Generator<Uint8Array | null, void, undefined> {
  for (let row = 0; row < length; row++) yield validity?.[row] === 0 ? null : find(row);
}

function textOf({ buffer, byteOffset, byteLength }: Uint8Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString('utf8');
}

/**
 * Finds the texts, or bytes, of a column in any of the forms that there are for them.
 *
 * @param next - gives the buffers of the column, one after the other
 * @param viewBuffers - how many more buffers each column of views has; this one's count is taken away
 */
export function entryFinder(
  { type, details }: ArrowField,
  length: number,
  next: () => Uint8Array,
  viewBuffers: number[],
): FindEntry {
  if (type === typeOf.fixedSizeBinary) {
    const width = details.int(0);
    const bytes = next();
    return (row) => part(bytes, row * width, width);
  }
  if (type === typeOf.binaryView || type === typeOf.utf8View) return viewFinder(next, viewBuffers);
  const large = type === typeOf.largeUtf8 || type === typeOf.largeBinary;
  const starts = next();
  const bytes = next();
  // A column of no rows may do without its one offset.
  const count = length === 0 ? 0 : length + 1;
  const offsets = large ? Array.from(longs(starts, count), Number) : integers(starts, count, 32, true);
  return (row) => {
    const start = offsets[row] ?? 0;
    return part(bytes, start, (offsets[row + 1] ?? start) - start);
  };
}

const viewSize = 16;
const longestInline = 12;

/** Views of 16 bytes hold short entries themselves, and else say in which buffer and where an entry is. */
function viewFinder(next: () => Uint8Array, viewBuffers: number[]): FindEntry {
  const views = next();
  const buffers = Array.from({ length: viewBuffers.shift() ?? 0 }, next);
  const view = new DataView(views.buffer, views.byteOffset, views.byteLength);
  return (row) => {
    const at = row * viewSize;
    const length = view.getInt32(at, true);
    if (length <= longestInline) return part(views, at + 4, length);
    const buffer = buffers[view.getInt32(at + 8, true)] ?? new Uint8Array(0);
    return part(buffer, view.getInt32(at + 12, true), length);
  };
}
