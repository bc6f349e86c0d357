import { RttsharkError } from '../errors.ts';
import { Column } from '../table/column.ts';
import { columnOf } from '../table/column-builder.ts';
import { listColumn } from '../table/flatten-list.ts';
import { flatLists } from './read-lists.ts';
import type { ColumnType, ScalarType } from '../table/schema.ts';
import { takeFrom } from '../table/take.ts';
import type { ArrowField, IntegerType } from './arrow-field.ts';
import { unpackBits } from './bitmap.ts';
import type { FlatView } from './flat-view.ts';
import { millisecond, nanosecondsInUnit, precisionOf, second, typeOf } from './format.ts';
import { byteEntries, entryFinder, textEntries } from './read-entries.ts';
import { asNanoseconds, floats, integers, longs } from './read-numbers.ts';
import { part } from './read-messages.ts';

/** The values of each dictionary, by its number. */
export type Dictionaries = Map<number, Column>;

/** Reads the columns of one record batch, which must be asked for in their order. */
export class BatchReader {
  readonly #dictionaries: Dictionaries;
  readonly #body: Uint8Array;
  readonly #nodes: readonly number[];
  readonly #places: readonly number[];
  readonly #viewBuffers: number[];
  #node = 0;
  #place = 0;

  /** Throws RttsharkError `input_unreadable` for a compressed batch. */
  constructor(batch: FlatView, body: Uint8Array, dictionaries: Dictionaries) {
    refuseCompression(batch);
    this.#body = body;
    this.#dictionaries = dictionaries;
    this.#nodes = batch.structs(1, 2);
    this.#places = batch.structs(2, 2);
    this.#viewBuffers = batch.structs(4, 1);
  }

  /** The next column; that of a dictionary's values where the field has one. */
  column(field: ArrowField): Column {
    const { dictionary } = field;
    if (dictionary === undefined) return this.values(field);
    const { length, validity } = this.#rows();
    const codes = this.#indexes(dictionary.index, length);
    const values = this.#dictionaries.get(dictionary.id);
    if (values === undefined) throw field.unreadable(`a dictionary ${dictionary.id} that is missing`);
    const taken = takeFrom(values, codes);
    if (validity === undefined) return taken;
    const both = taken.validity;
    const combined = both === undefined ? validity : validity.map((there, row) => there & (both[row] ?? 1));
    return new Column({
      type: taken.type,
      values: taken.values,
      dictionary: taken.dictionary,
      validity: combined,
    });
  }

  /** The next column, whose values stand in the batch itself. */
  values(field: ArrowField): Column {
    const { type, columnType } = field;
    if (type === typeOf.null) {
      const [length = 0] = this.#nextNode();
      return columnOf('text', new Array<null>(length).fill(null));
    }
    const { length, validity } = this.#rows();
    const made = <T extends ColumnType>(own: T, values: Column<T>['values']): Column =>
      new Column({ type: own, values, validity });
    switch (type) {
      case typeOf.bool:
        return made('boolean', unpackBits(this.#buffer(length, 1 / 8), length));
      case typeOf.floatingPoint:
        return made('float64', floats(this.#next(), length, field.details.short(0) === precisionOf.double));
      case typeOf.int:
        return this.#integers(field, made, length);
      case typeOf.timestamp:
      case typeOf.duration:
        return made(
          columnType as 'time',
          this.#times(field, longs(this.#next(), length), nanosecondsInUnit[unitOf(field)] ?? 1n, validity),
        );
      case typeOf.date:
        return made('time', this.#dates(field, length, validity));
      case typeOf.list:
      case typeOf.largeList:
        return this.#lists(field, length, validity);
      default:
        return this.#entries(field, length, validity);
    }
  }

  #entries(field: ArrowField, length: number, validity: Uint8Array | undefined): Column {
    const find = entryFinder(field, length, () => this.#next(), this.#viewBuffers);
    if (field.columnType === 'text') return columnOf('text', textEntries(find, length, validity));
    return columnOf('bytes', byteEntries(find, length, validity));
  }

  #integers(
    { details, columnType }: ArrowField,
    made: <T extends ColumnType>(own: T, values: Column<T>['values']) => Column,
    length: number,
  ): Column {
    const bytes = this.#next();
    if (columnType === 'int64') return made('int64', longs(bytes, length));
    if (columnType === 'uint64') return made('uint64', new BigUint64Array(longs(bytes, length).buffer));
    const bits = details.int(0);
    if (columnType === 'int32') return made('int32', Int32Array.from(integers(bytes, length, bits, true)));
    return made('uint32', Uint32Array.from(integers(bytes, length, bits, false)));
  }

  #indexes({ bits, signed }: IntegerType, length: number): Uint32Array<ArrayBuffer> {
    const bytes = this.#next();
    if (bits === 64) return Uint32Array.from(longs(bytes, length), Number);
    return Uint32Array.from(integers(bytes, length, bits, signed));
  }

  #times(
    field: ArrowField,
    values: BigInt64Array<ArrayBuffer>,
    unit: bigint,
    validity: Uint8Array | undefined,
  ): BigInt64Array<ArrayBuffer> {
    const times = asNanoseconds(values, unit, validity);
    if (times === undefined) throw field.unreadable('a time that does not fit 64 bits of nanoseconds');
    return times;
  }

  #dates(field: ArrowField, length: number, validity: Uint8Array | undefined): BigInt64Array<ArrayBuffer> {
    const bytes = this.#next();
    if (unitOf(field) === millisecond) return this.#times(field, longs(bytes, length), 1_000_000n, validity);
    const days = BigInt64Array.from(integers(bytes, length, 32, true), BigInt);
    return this.#times(field, days, 86_400_000_000_000n, validity);
  }

  #lists(field: ArrowField, length: number, validity: Uint8Array<ArrayBuffer> | undefined): Column {
    const bytes = this.#next();
    const offsets =
      field.type === typeOf.largeList
        ? Array.from(longs(bytes, length + 1), Number)
        : integers(bytes, length + 1, 32, true);
    if (field.child === undefined) throw field.unreadable('lists of nothing');
    const elements = this.column(field.child);
    if (elements.nullCount > 0) {
      throw field.unreadable('lists with nulls among their elements, which no table has');
    }
    return listColumn(flatLists(offsets, elements as Column<ScalarType>, length, validity), validity);
  }

  #rows(): { readonly length: number; readonly validity: Uint8Array<ArrayBuffer> | undefined } {
    const [length = 0, nullCount = 0] = this.#nextNode();
    const bits = this.#next();
    return { length, validity: nullCount === 0 || bits.length === 0 ? undefined : unpackBits(bits, length) };
  }

  #nextNode(): readonly number[] {
    this.#node += 2;
    return this.#nodes.slice(this.#node - 2, this.#node);
  }

  #buffer(length: number, bytesEach: number): Uint8Array {
    return part(this.#next(), 0, Math.ceil(length * bytesEach));
  }

  #next(): Uint8Array {
    const [start = 0, length = 0] = this.#places.slice(this.#place, this.#place + 2);
    this.#place += 2;
    return part(this.#body, start, length);
  }
}

/** Timestamps are of seconds where nothing is said, durations and dates of milliseconds. */
function unitOf({ type, details }: ArrowField): number {
  return details.short(0, type === typeOf.timestamp ? second : millisecond);
}

/** Throws RttsharkError `input_unreadable` where the buffers of a batch are compressed. */
export function refuseCompression(batch: FlatView): void {
  const compression = batch.table(3);
  if (compression === undefined) return;
  const codec = compression.byte(0) === 0 ? 'LZ4' : 'zstd';
  throw new RttsharkError('input_unreadable', `The Arrow data is compressed with ${codec}.`, {
    hint: 'Write it without compression: in pandas, to_feather(…, compression="uncompressed").',
  });
}
