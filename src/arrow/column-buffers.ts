import type { Column } from '../table/column.ts';
import { isListType } from '../table/column-types.ts';
import type { ColumnType, ListType } from '../table/schema.ts';
import { flattenList } from '../table/flatten-list.ts';
import type { Codes } from '../table/storage-kind.ts';
import { packBits } from './bitmap.ts';
import { memoryOf } from './memory-of.ts';
import type { Node } from './messages.ts';
import { packHex, packTexts } from './packed-entries.ts';
import type { PackedEntries } from './packed-entries.ts';

/** What a column becomes in a record batch. */
export interface ColumnBuffers {
  readonly nodes: readonly Node[];
  /** Some share the memory of the column: to be copied, not to be handed out. */
  readonly buffers: readonly Uint8Array[];
}

/** Packs each dictionary once, however many record batches have it. */
export class ColumnPacker {
  readonly #packed = new WeakMap<readonly string[], PackedEntries>();

  pack(column: Column): ColumnBuffers {
    const { length, nullCount, validity } = column;
    const node: Node = [length, nullCount];
    const bits = validity === undefined ? none : packBits(validity);
    if (isListType(column.type)) {
      const { offsets, elements } = flattenList(column as Column<ListType>);
      const inner = this.pack(elements);
      return { nodes: [node, ...inner.nodes], buffers: [bits, memoryOf(offsets), ...inner.buffers] };
    }
    return { nodes: [node], buffers: [bits, ...this.#values(column)] };
  }

  #values(column: Column): Uint8Array[] {
    const { type, values, validity, dictionary } = column;
    if (type === 'boolean') return [packBits(values as ArrayLike<number>)];
    if (type !== 'text' && type !== 'bytes') return [memoryOf(values)];
    return gatherEntries(values as Codes, validity, this.#entries(type, dictionary));
  }

  #entries(type: ColumnType, dictionary: readonly string[]): PackedEntries {
    const known = this.#packed.get(dictionary);
    if (known !== undefined) return known;
    const packed = type === 'bytes' ? packHex(dictionary) : packTexts(dictionary);
    this.#packed.set(dictionary, packed);
    return packed;
  }
}

const none = new Uint8Array(0);

/** Shorter entries are copied faster by a loop than by a call. */
const longEntry = 48;

/** Offsets and bytes of the entries that the codes stand for; null rows are empty. */
function gatherEntries(
  codes: Codes,
  validity: ArrayLike<number> | undefined,
  entries: PackedEntries,
): [Uint8Array, Uint8Array] {
  const rows = codes.length;
  const starts = entries.offsets;
  const offsets = new Int32Array(rows + 1);
  let length = 0;
  for (let row = 0; row < rows; row++) {
    if (validity?.[row] !== 0) {
      const code = codes[row] ?? 0;
      length += (starts[code + 1] ?? 0) - (starts[code] ?? 0);
    }
    offsets[row + 1] = length;
  }
  // Offsets have 31 bits; a reader would take a larger one for a negative number.
  if (length > 0x7fff_ffff)
    throw new RangeError('A record batch cannot hold over 2 GiB of text in a column.');
  const bytes = new Uint8Array(length);
  const source = entries.bytes;
  for (let row = 0; row < rows; row++) {
    let to = offsets[row] ?? 0;
    const end = offsets[row + 1] ?? 0;
    if (to === end) continue;
    let from = starts[codes[row] ?? 0] ?? 0;
    if (end - to >= longEntry) bytes.set(source.subarray(from, from + end - to), to);
    else while (to < end) bytes[to++] = source[from++] ?? 0;
  }
  return [memoryOf(offsets), bytes];
}
