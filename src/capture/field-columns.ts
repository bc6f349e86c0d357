import type { ColumnBlock, ColumnBuilder } from '../table/column-builder.ts';
import type { ColumnType } from '../table/schema.ts';
import type { Extraction } from '../tshark/column-extraction.ts';
import { decimalAt, writeEpochTime } from './decimal-bytes.ts';
import type { FieldCuts } from './field-cuts.ts';
import { columnText, parseValue, unquote } from './field-value.ts';
import { nullCode, TextCodes } from './text-codes.ts';

/** How values are printed. */
export interface ValueForm {
  readonly extraction: Extraction;
  /** See {@link unquote}. */
  readonly quotesAreDoubled: boolean;
}

/** Takes one field of all rows of a block into a column. */
export interface FieldColumn {
  /** @returns how many values are not of the column's type: they are null then */
  read(cuts: FieldCuts, field: number): number;
  /** Begins the next chunk: the column's builder was finished. */
  startChunk(): void;
}

type TextOf = (printed: string) => string | null;

/** The way from bytes to a column: straight for the types that many rows have, through text for all others. */
export function fieldColumn<T extends ColumnType>(builder: ColumnBuilder<T>, form: ValueForm): FieldColumn {
  const textOf: TextOf =
    form.extraction === 'columns' ? columnText : (text) => unquote(text, form.quotesAreDoubled);
  const make: ColumnMakers[T] = makers[builder.type];
  return make(builder, textOf, form.extraction === 'fields');
}

type ColumnMaker<T extends ColumnType> = (
  builder: ColumnBuilder<T>,
  textOf: TextOf,
  isQuoted: boolean,
) => FieldColumn;
type ColumnMakers = { readonly [T in ColumnType]: ColumnMaker<T> };

const makers: ColumnMakers = {
  text: textColumn,
  float64: numberColumn,
  int32: numberColumn,
  uint32: numberColumn,
  time: timeColumn,
  int64: throughText,
  uint64: throughText,
  boolean: throughText,
};

const quote = 0x22;

function textColumn(builder: ColumnBuilder<'text'>, textOf: TextOf): FieldColumn {
  let block: ColumnBlock<'text'>;
  const codes = new TextCodes(textOf, (text) => block.codeOf(text));
  return {
    startChunk: () => {
      codes.startChunk();
    },
    read: ({ bytes, bounds, stride, rows }, field) => {
      block = builder.appendBlock(rows);
      const { values, start } = block;
      for (let row = 0, bound = field; row < rows; row++, bound += stride) {
        const from = bounds[bound] ?? 0;
        const end = (bounds[bound + 1] ?? 0) - 1;
        const code = from === end ? nullCode : codes.codeAt(bytes, from, end);
        if (code === nullCode) block.setNull(start + row);
        else values[start + row] = code;
      }
      return 0;
    },
  };
}

function numberColumn<T extends 'float64' | 'int32' | 'uint32'>(
  builder: ColumnBuilder<T>,
  textOf: TextOf,
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

function timeColumn(builder: ColumnBuilder<'time'>, textOf: TextOf, isQuoted: boolean): FieldColumn {
  return throughBlocks(builder, textOf, isQuoted, ({ values }) => {
    const words = new Uint32Array(values.buffer, values.byteOffset, values.length * 2);
    return (bytes, start, end, row) => writeEpochTime(bytes, start, end, words, row);
  });
}

/** Writes a value to a row of the column's storage; false where it is in no plain form. */
type BytesWriter = (bytes: Buffer, start: number, end: number, row: number) => boolean;

/** @param writerTo - how plain values come into a block; all others go through text */
function throughBlocks<T extends ColumnType>(
  builder: ColumnBuilder<T>,
  textOf: TextOf,
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

function throughText<T extends ColumnType>(builder: ColumnBuilder<T>, textOf: TextOf): FieldColumn {
  return throughBlocks(builder, textOf, false, () => () => false);
}
