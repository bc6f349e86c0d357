import type { ColumnBlock, ColumnBuilder } from '../table/column-builder.ts';
import { isListType } from '../table/column-types.ts';
import type { ColumnType, ScalarType } from '../table/schema.ts';
import type { Extraction } from '../tshark/column-extraction.ts';
import { decimalAt, writeEpochTime } from './decimal-bytes.ts';
import type { FieldCuts } from './field-cuts.ts';
import { columnText, hexDigits, lastOf, parseValue, unquote } from './field-value.ts';
import { malformedCode, nullCode, TextCodes, type TextOf } from './text-codes.ts';

/** How values are printed. */
export interface ValueForm {
  readonly extraction: Extraction;
  /** See {@link unquote}. */
  readonly quotesAreDoubled: boolean;
  /** Which of several values of a field is wanted in columns of single values; `fields` print no other then. */
  readonly occurrence?: 'first' | 'last' | undefined;
}

/** Takes one field of all rows of a block into a column. */
export interface FieldColumn {
  /** @returns how many values are not of the column's type: they are null then */
  read(cuts: FieldCuts, field: number): number;
  /** Begins the next chunk: the column's builder was finished. */
  startChunk(): void;
}

/** What a value says, as it was printed; null where that is nothing. */
type PlainText = (printed: string) => string | null;

/** The way from bytes to a column: straight for the types that many rows have, through text for all others. */
export function fieldColumn<T extends ColumnType>(builder: ColumnBuilder<T>, form: ValueForm): FieldColumn {
  const type: ColumnType = builder.type;
  const textOf: PlainText =
    form.extraction === 'columns'
      ? (text) => columnText(text, isListType(type) ? undefined : form.occurrence)
      : (text) => unquote(text, form.quotesAreDoubled);
  const make = (isListType(type) ? throughText : makers[type]) as ColumnMaker<T>;
  return make(builder, textOf, form.extraction === 'fields');
}

type ColumnMaker<T extends ColumnType> = (
  builder: ColumnBuilder<T>,
  textOf: PlainText,
  isQuoted: boolean,
) => FieldColumn;
type ColumnMakers = { readonly [T in ScalarType]: ColumnMaker<T> };

const makers: ColumnMakers = {
  text: codedColumn,
  bytes: (builder, textOf) =>
    codedColumn(builder, (printed) => {
      const text = textOf(printed);
      return text === null ? null : (hexDigits(lastOf(text)) ?? undefined);
    }),
  float64: numberColumn,
  int32: numberColumn,
  uint32: numberColumn,
  time: timeColumn,
  duration: timeColumn,
  int64: throughText,
  uint64: throughText,
  boolean: booleanColumn,
};

const quote = 0x22;

/** A column of codes into a dictionary: texts, and bytes as hex digits. */
function codedColumn(builder: ColumnBuilder<'text'> | ColumnBuilder<'bytes'>, textOf: TextOf): FieldColumn {
  let block: ColumnBlock<'text'> | ColumnBlock<'bytes'>;
  const codes = new TextCodes(textOf, (text) => block.codeOf(text));
  return {
    startChunk: () => {
      codes.startChunk();
    },
    read: ({ bytes, bounds, stride, rows }, field) => {
      block = builder.appendBlock(rows);
      const { values, start } = block;
      let malformed = 0;
      for (let row = 0, bound = field; row < rows; row++, bound += stride) {
        const from = bounds[bound] ?? 0;
        const end = (bounds[bound + 1] ?? 0) - 1;
        const code = from === end ? nullCode : codes.codeAt(bytes, from, end);
        if (code >= 0) values[start + row] = code;
        else {
          block.setNull(start + row);
          if (code === malformedCode) malformed += 1;
        }
      }
      return malformed;
    },
  };
}

function numberColumn<T extends 'float64' | 'int32' | 'uint32'>(
  builder: ColumnBuilder<T>,
  textOf: PlainText,
  isQuoted: boolean,
): FieldColumn {
  return throughBlocks(builder, textOf, isQuoted, (block) => {
    const values: Float64Array | Int32Array | Uint32Array = block.values;
    return (bytes, start, end, row) => {
      const value = decimalAt(bytes, start, end);
      values[row] = value;
      // An integer that does not fit is another one then, and NaN, for what is in no plain form, equals nothing.
      return values[row] === value;
    };
  });
}

function timeColumn<T extends 'time' | 'duration'>(
  builder: ColumnBuilder<T>,
  textOf: PlainText,
  isQuoted: boolean,
): FieldColumn {
  return throughBlocks(builder, textOf, isQuoted, (block) => {
    const values: BigInt64Array<ArrayBuffer> = block.values;
    const words = new Uint32Array(values.buffer, values.byteOffset, values.length * 2);
    return (bytes, start, end, row) => writeEpochTime(bytes, start, end, words, row);
  });
}

const digitOne = 0x31;
const digitZero = 0x30;

/** The digits straight; the words of later versions by what is special of them, and only where they stand alone. */
function booleanColumn(builder: ColumnBuilder<'boolean'>, textOf: PlainText, isQuoted: boolean): FieldColumn {
  return throughBlocks(builder, textOf, isQuoted, ({ values }) => (bytes, start, end, row) => {
    const first = bytes[start];
    const length = end - start;
    if (length === 1 && (first === digitOne || first === digitZero)) values[row] = first - digitZero;
    else if (isWord(trueWord, bytes, start, length)) values[row] = 1;
    else if (isWord(falseWord, bytes, start, length)) values[row] = 0;
    else return false;
    return true;
  });
}

const trueWord = Buffer.from('True');
const falseWord = Buffer.from('False');

function isWord(word: Buffer, bytes: Buffer, start: number, length: number): boolean {
  if (length !== word.length) return false;
  for (let i = 0; i < length; i++) if (bytes[start + i] !== word[i]) return false;
  return true;
}

/** Writes a value to a row of the column's storage; false where it is in no plain form. */
type BytesWriter = (bytes: Buffer, start: number, end: number, row: number) => boolean;

/** @param writerTo - how plain values come into a block; all others go through text */
function throughBlocks<T extends ColumnType>(
  builder: ColumnBuilder<T>,
  textOf: PlainText,
  isQuoted: boolean,
  writerTo: (block: ColumnBlock<T>) => BytesWriter,
): FieldColumn {
  return {
    startChunk: () => undefined,
    read: ({ bytes, bounds, stride, rows }, field) => {
      const block = builder.appendBlock(rows);
      const write = writerTo(block);
      let malformed = 0;
      for (let i = 0, bound = field; i < rows; i++, bound += stride) {
        const row = block.start + i;
        const from = bounds[bound] ?? 0;
        const end = (bounds[bound + 1] ?? 0) - 1;
        if (from === end) {
          block.setNull(row);
          continue;
        }
        const inner = isQuoted && end - from > 1 && bytes[from] === quote && bytes[end - 1] === quote ? 1 : 0;
        if (write(bytes, from + inner, end - inner, row)) continue;
        const value = parseValue(builder.type, textOf(bytes.toString('utf8', from, end)));
        if (value === null || value === undefined) block.setNull(row);
        else block.set(row, value);
        if (value === undefined) malformed += 1;
      }
      return malformed;
    },
  };
}

function throughText<T extends ColumnType>(builder: ColumnBuilder<T>, textOf: PlainText): FieldColumn {
  return throughBlocks(builder, textOf, false, () => () => false);
}
