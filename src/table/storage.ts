import { listStorage } from './list-storage.ts';
import { scalarStorage } from './scalar-storage.ts';
import type { ColumnType } from './schema.ts';
import type { StorageKind } from './storage-kind.ts';

export type { Codes, Validity, Values } from './storage-kind.ts';

/** How each column type is stored. */
export const storageOf: { readonly [T in ColumnType]: StorageKind<T> } = {
  ...scalarStorage,
  'list<float64>': listStorage('float64'),
  'list<int32>': listStorage('int32'),
  'list<uint32>': listStorage('uint32'),
  'list<int64>': listStorage('int64'),
  'list<uint64>': listStorage('uint64'),
  'list<text>': listStorage('text'),
  'list<boolean>': listStorage('boolean'),
  'list<time>': listStorage('time'),
  'list<duration>': listStorage('duration'),
  'list<bytes>': listStorage('bytes'),
};
