import { outside, readElement, storing } from './array-storage.ts';
import { Interner } from './interner.ts';
import type { ScalarType } from './schema.ts';
import { floatWords, int32Words, int64Words, textWords, uint32Words, uint64Words } from './sort-words.ts';
import type { CodedType, MutableValues, StorageKind, Stored, Values } from './storage-kind.ts';

const float64: StorageKind<'float64'> = {
  ...storing<Float64Array<ArrayBuffer>, number>((capacity) => new Float64Array(capacity)),
  write(values, row, value) {
    if (typeof value !== 'number') return false;
    values[row] = value;
    return true;
  },
  words: ({ values }) => floatWords(values),
};

const int32: StorageKind<'int32'> = {
  ...storing<Int32Array<ArrayBuffer>, number>((capacity) => new Int32Array(capacity)),
  write(values, row, value) {
    if (typeof value !== 'number' || (value | 0) !== value) return false;
    values[row] = value;
    return true;
  },
  words: ({ values }) => int32Words(values),
};

const uint32: StorageKind<'uint32'> = {
  ...storing<Uint32Array<ArrayBuffer>, number>((capacity) => new Uint32Array(capacity)),
  write(values, row, value) {
    if (typeof value !== 'number' || value >>> 0 !== value) return false;
    values[row] = value;
    return true;
  },
  words: ({ values }) => uint32Words(values),
};

const int64: StorageKind<'int64'> & StorageKind<'time'> & StorageKind<'duration'> = {
  ...storing<BigInt64Array<ArrayBuffer>, bigint>((capacity) => new BigInt64Array(capacity)),
  write(values: MutableValues<'int64'>, row: number, value: unknown): boolean {
    if (typeof value !== 'bigint' || BigInt.asIntN(64, value) !== value) return false;
    values[row] = value;
    return true;
  },
  words: ({ values }: { readonly values: Values<'int64'> }) => int64Words(values),
};

const uint64: StorageKind<'uint64'> = {
  ...storing<BigUint64Array<ArrayBuffer>, bigint>((capacity) => new BigUint64Array(capacity)),
  write(values, row, value) {
    if (typeof value !== 'bigint' || BigInt.asUintN(64, value) !== value) return false;
    values[row] = value;
    return true;
  },
  words: ({ values }) => uint64Words(values),
};

const boolean: StorageKind<'boolean'> = {
  ...storing<Uint8Array<ArrayBuffer>, number>((capacity) => new Uint8Array(capacity)),
  read: ({ values }, row) => readElement(values, row) === 1,
  write(values, row, value) {
    if (typeof value !== 'boolean') return false;
    values[row] = value ? 1 : 0;
    return true;
  },
  words: ({ values }) => uint32Words(values),
};

const codeStorage = storing<Uint32Array<ArrayBuffer>, number>((capacity) => new Uint32Array(capacity));

const coded = {
  ...codeStorage,
  join(parts: readonly Stored<CodedType>[]) {
    const interner = new Interner();
    const recoded = parts.map(({ values, dictionary }) => {
      const codes = Uint32Array.from(dictionary, (entry) => interner.codeOf(entry));
      return codeStorage.gather(codes, values);
    });
    return { values: codeStorage.joinValues(recoded), dictionary: Object.freeze(interner.texts) };
  },
  codes: (values: Stored<CodedType>['values']) => values,
  words: ({ values, dictionary }: Stored<CodedType>) => textWords(values, dictionary),
};

function entryAt({ values, dictionary }: Stored<CodedType>, row: number): string {
  return dictionary[readElement(values, row)] ?? outside(row, values.length);
}

const text: StorageKind<'text'> = {
  ...coded,
  read: entryAt,
  write(values, row, value, { interner }) {
    if (typeof value !== 'string') return false;
    values[row] = interner.codeOf(value);
    return true;
  },
};

/** Hex digits in the dictionary compare as the bytes do that they stand for. */
const bytes: StorageKind<'bytes'> = {
  ...coded,
  read: (stored, row) => new Uint8Array(Buffer.from(entryAt(stored, row), 'hex')),
  write(values, row, value, { interner }) {
    if (!(value instanceof Uint8Array)) return false;
    values[row] = interner.codeOf(hexOf(value));
    return true;
  },
};

function hexOf({ buffer, byteOffset, byteLength }: Uint8Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString('hex');
}

/** How the values of each scalar type are stored. */
export const scalarStorage: { readonly [T in ScalarType]: StorageKind<T> } = {
  float64,
  int32,
  uint32,
  int64,
  uint64,
  text,
  boolean,
  time: int64,
  duration: int64,
  bytes,
};
