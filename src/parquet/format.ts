/** Numbers that Parquet's format gives to things, as far as they are used here. */

export const physicalTypeOf = { boolean: 0, int32: 1, int64: 2, double: 5, byteArray: 6 } as const;
export type PhysicalType = keyof typeof physicalTypeOf;

/** What a type was called before there were logical types; readers of either kind are in use. */
export const convertedTypeOf = {
  utf8: 0,
  list: 3,
  timestampMicros: 10,
  uint32: 13,
  uint64: 14,
  int32: 17,
  int64: 18,
} as const;

export const repetitionOf = { required: 0, optional: 1, repeated: 2 } as const;

export const encodingOf = { plain: 0, rle: 3, rleDictionary: 8 } as const;

export const pageTypeOf = { data: 0, dictionary: 2 } as const;

export const codecOf = { none: 0, snappy: 1, gzip: 2 } as const;
export type Compression = keyof typeof codecOf;

/** Four bytes begin and end a file. */
export const magic = new TextEncoder().encode('PAR1');
