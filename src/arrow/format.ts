/** Numbers that Arrow's format gives to things, as far as they are used here. */

/** Version 5 of the metadata, which has been written since 2020. */
export const metadataVersion = 4;

export const headerOf = { schema: 1, dictionaryBatch: 2, recordBatch: 3 } as const;

export const typeOf = {
  null: 1,
  int: 2,
  floatingPoint: 3,
  binary: 4,
  utf8: 5,
  bool: 6,
  date: 8,
  timestamp: 10,
  list: 12,
  fixedSizeBinary: 15,
  duration: 18,
  largeBinary: 19,
  largeUtf8: 20,
  largeList: 21,
  binaryView: 23,
  utf8View: 24,
} as const;

/** What those are called that are in no column of ours, for errors. */
export const typeNames = [
  'none',
  'null',
  'int',
  'floating point',
  'binary',
  'utf8',
  'bool',
  'decimal',
  'date',
  'time of day',
  'timestamp',
  'interval',
  'list',
  'struct',
  'union',
  'fixed-size binary',
  'fixed-size list',
  'map',
  'duration',
  'large binary',
  'large utf8',
  'large list',
  'run-end encoded',
  'binary view',
  'utf8 view',
  'list view',
  'large list view',
] as const;

export const precisionOf = { half: 0, single: 1, double: 2 } as const;

/** Nanoseconds in each unit of time, by its number: second, millisecond, microsecond, nanosecond. */
export const nanosecondsInUnit = [1_000_000_000n, 1_000_000n, 1000n, 1n] as const;
export const second = 0;
export const millisecond = 1;
export const microsecond = 2;
export const nanosecond = 3;

/** Six bytes begin and end a file. */
export const magic = new TextEncoder().encode('ARROW1');

/** Four bytes before the length of each message. */
export const continuation = 0xffff_ffff;
