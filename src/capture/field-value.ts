import { elementTypeOf, isListType } from '../table/column-types.ts';
import type { ColumnType, ScalarType, ValueOf } from '../table/schema.ts';
import { parseEpochTime } from '../table/time.ts';
import { occurrenceSeparator } from '../tshark/arguments.ts';
import { parsePrintedTime } from './printed-time.ts';

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
 *
 * @param occurrence - which one is wanted, where one is
 */
export function columnText(text: string, occurrence?: 'first' | 'last'): string | null {
  if (text === '') return null;
  if (!text.includes(',')) return text;
  if (occurrence === 'first') return text.slice(0, text.indexOf(','));
  if (occurrence === 'last') return text.slice(text.lastIndexOf(',') + 1);
  return text.replaceAll(',', occurrenceSeparator);
}

type Parsers = { readonly [T in ScalarType]: (text: string) => ValueOf<T> | null };

const parsers: Parsers = {
  text: (text) => text,
  float64: parseNumber,
  int32: (text) => parseInteger(text, -0x8000_0000, 0x7fff_ffff),
  uint32: (text) => parseInteger(text, 0, 0xffff_ffff),
  int64: (text) => parseBigInteger(text, (value) => BigInt.asIntN(64, value)),
  uint64: (text) => parseBigInteger(text, (value) => BigInt.asUintN(64, value)),
  boolean: (text) => booleans.get(text) ?? null,
  time: parsePrintedTime,
  duration: parseEpochTime,
  bytes: (text) => {
    const digits = hexDigits(text);
    return digits === null ? null : new Uint8Array(Buffer.from(digits, 'hex'));
  },
};

/** tshark prints booleans as numbers before 4.2 and as words since. */
const booleans = new Map([
  ['1', true],
  ['0', false],
  ['True', true],
  ['False', false],
]);

/** How tshark prints a time that a packet has room for but does not give. */
const noTime = 'NULL';

/** How it prints bytes of which there are none: by the field, in one of these ways or as an empty text. */
const noBytes = ['<none>', '<MISSING>'];

/**
 * What a text says in a column of this type: its value, null where there is none, undefined where it is malformed.
 *
 * List columns hold all occurrences of a field. Of the others, text columns hold all of them as they were printed, and
 * all but those the last one. An empty text is a value of text and bytes only; elsewhere it is none at all.
 */
export function parseValue<T extends ColumnType>(
  type: T,
  text: string | null,
): ValueOf<T> | null | undefined {
  if (text === null) return null;
  if (isListType(type)) return parseList(elementTypeOf<ScalarType>(type), text) as ValueOf<T> | undefined;
  if (isNothing(type, text)) return null;
  return parseOne(type, type === 'text' ? text : lastOf(text)) as ValueOf<T> | null | undefined;
}

/** The last occurrence. */
export function lastOf(text: string): string {
  return text.slice(text.lastIndexOf(occurrenceSeparator) + 1);
}

function parseOne(type: ScalarType, text: string): ValueOf<ScalarType> | null | undefined {
  return type === 'time' && text === noTime ? null : (parsers[type](text) ?? undefined);
}

function isNothing(type: ScalarType, text: string): boolean {
  return text === '' && type !== 'text' && type !== 'bytes';
}

/** All occurrences but those that are no values; undefined where one is malformed: what is behind it would change its place. */
function parseList(type: ScalarType, text: string): ValueOf<ScalarType>[] | undefined {
  const values: ValueOf<ScalarType>[] = [];
  for (const printed of text.split(occurrenceSeparator)) {
    const value = isNothing(type, printed) ? null : parseOne(type, printed);
    if (value === undefined) return undefined;
    if (value !== null) values.push(value);
  }
  return values;
}

/** The lower-case hex digits of bytes, without what separates them; null for what is none. */
export function hexDigits(text: string): string | null {
  if (noBytes.includes(text)) return '';
  const digits = /^[\da-f]*$/.test(text)
    ? text
    : text.replaceAll(/(?<=\w\w)[:. -](?=\w\w)/g, '').toLowerCase();
  return digits.length % 2 === 0 && /^[\da-f]*$/.test(digits) ? digits : null;
}

/** How tshark prints what is no number: the words of C's library, of its own, and of IEEE 11073. */
const notFinite = new Map([
  ['nan', NaN],
  ['-nan', NaN],
  ['inf', Infinity],
  ['infinity', Infinity],
  ['+infinity', Infinity],
  ['-inf', -Infinity],
  ['-infinity', -Infinity],
]);

function parseNumber(text: string): number | null {
  const value = Number(text);
  if (!Number.isFinite(value))
    return notFinite.get(text.toLowerCase()) ?? (Number.isNaN(value) ? null : value);
  return isBlank(text, value) ? null : value;
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
