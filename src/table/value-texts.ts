import type { Column } from './column.ts';
import { flattenList, isListColumn } from './flatten-list.ts';
import { listSeparator } from './read-value.ts';
import type { ListType } from './schema.ts';
import { formatEpochSeconds } from './time.ts';

/** The text of a row whose value is not null. */
export type TextAt = (row: number) => string;

/** The text of a time in nanoseconds since the Unix epoch. */
export type FormatTime = (nanoseconds: bigint) => string;

/**
 * The values of a column as texts that say all of them: floats in the shortest form that reads back as the same number,
 * times and durations as decimal seconds with nine digits, bytes as hex digits, the values of lists with commas between.
 */
export function valueTexts(column: Column, formatTime: FormatTime = formatEpochSeconds): TextAt {
  if (isListColumn(column)) return listTexts(column, listSeparator, (each) => valueTexts(each, formatTime));
  const { codes, dictionary, type } = column;
  if (codes !== undefined) return (row) => dictionary[codes[row] ?? 0] ?? '';
  if (type === 'boolean') return (row) => (column.values[row] === 1 ? 'true' : 'false');
  const format = type === 'time' ? formatTime : type === 'duration' ? formatEpochSeconds : undefined;
  const { values } = column;
  return (row) => {
    const value = values[row] ?? 0;
    if (format !== undefined && typeof value === 'bigint') return format(value);
    return Object.is(value, -0) ? '-0' : String(value);
  };
}

/** @param textsOf - how the values of the lists are written */
export function listTexts(
  column: Column<ListType>,
  separator: string,
  textsOf: (elements: Column) => TextAt,
): TextAt {
  const { offsets, elements } = flattenList(column);
  const textAt = textsOf(elements);
  return (row) => {
    const end = offsets[row + 1] ?? 0;
    let text = '';
    for (let start = offsets[row] ?? 0, at = start; at < end; at++) {
      text += at === start ? textAt(at) : separator + textAt(at);
    }
    return text;
  };
}
