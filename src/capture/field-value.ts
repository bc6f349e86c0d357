import type { ColumnType, ValueOf } from '../table/schema.ts';
import { parseEpochTime } from '../table/time.ts';
import { occurrenceSeparator } from '../tshark/arguments.ts';

/**
 * The text of one value as tshark prints it with `-E quote=d`: none at all gives null, `""` gives the empty text.
 *
 * @param quotesAreDoubled - quotes inside of a value are doubled, as tshark does from 4.4 on; before, they stand
 *   as they are, which is as clear, since a value only ends where a tab or line end follows
 */
export function unquote(text: string, quotesAreDoubled: boolean): string | null {
  if (text === '') return null;
  if (text.length < 2 || !text.startsWith('"') || !text.endsWith('"')) return text;
  const inner = text.slice(1, -1);
  return quotesAreDoubled && inner.includes('""') ? inner.replaceAll('""', '"') : inner;
}

/**
 * The text of one value out of a custom column, in the form of {@link unquote}: nothing is none at all, and several
 * occurrences are joined by {@link occurrenceSeparator}. Only for fields whose values hold no comma.
 */
export function columnText(text: string): string | null {
  if (text === '') return null;
  return text.includes(',') ? text.replaceAll(',', occurrenceSeparator) : text;
}

type Parsers = { readonly [T in ColumnType]: (text: string) => ValueOf<T> | null };

const parsers: Parsers = {
  text: (text) => text,
  float64: parseNumber,
  int32: (text) => parseInteger(text, -0x8000_0000, 0x7fff_ffff),
  uint32: (text) => parseInteger(text, 0, 0xffff_ffff),
  int64: (text) => parseBigInteger(text, (value) => BigInt.asIntN(64, value)),
  uint64: (text) => parseBigInteger(text, (value) => BigInt.asUintN(64, value)),
  boolean: (text) => booleans.get(text) ?? null,
  time: parseEpochTime,
};

/** tshark prints booleans as numbers before 4.2 and as words since. */
const booleans = new Map([
  ['1', true],
  ['0', false],
  ['True', true],
  ['False', false],
]);

/**
 * What a text says in a column of this type: its value, null where there is none, undefined where it is malformed. Text
 * columns hold all occurrences of a field as they were printed, the others the last one. An empty text is a value of a
 * text column only; elsewhere it is none at all.
 */
export function parseValue<T extends ColumnType>(
  type: T,
  text: string | null,
): ValueOf<T> | null | undefined {
  const isText = type === 'text';
  if (text === null || (text === '' && !isText)) return null;
  const parse: Parsers[T] = parsers[type];
  return parse(isText ? text : text.slice(text.lastIndexOf(occurrenceSeparator) + 1)) ?? undefined;
}

function parseNumber(text: string): number | null {
  const value = Number(text);
  return Number.isNaN(value) || isBlank(text, value) ? null : value;
}

/** To JavaScript a text of spaces is the number 0. */
function isBlank(text: string, value: number): boolean {
  return value === 0 && text.trim() === '';
}

function parseInteger(text: string, least: number, most: number): number | null {
  const value = Number(text);
  return Number.isInteger(value) && !isBlank(text, value) && value >= least && value <= most ? value : null;
}

function parseBigInteger(text: string, wrapped: (value: bigint) => bigint): bigint | null {
  if (!/^-?(?:\d+|0x[\da-f]+)$/i.test(text)) return null;
  const value = text.startsWith('-') ? -BigInt(text.slice(1)) : BigInt(text);
  return wrapped(value) === value ? value : null;
}
