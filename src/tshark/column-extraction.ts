import type { FieldCatalogue } from './field-catalogue.ts';
import { isAtLeast, type ToolVersion } from './version.ts';

/** How tshark is made to print values: `-T fields`, or custom columns of its packet list, `-T tabs`. */
export type Extraction = 'fields' | 'columns';

/**
 * Types whose values have one form only, without a comma, a tab or a line end, and never an empty one: in a column,
 * commas join several occurrences, and no value looks like an empty one. Booleans, characters, texts and absolute times
 * are not among them, nor numbers in another base: columns give them other leading zeros.
 *
 * Each with the protocols that have the names of such fields for themselves. The occurrences of a field that several
 * dissectors declare (`ip.version`) come in another order, and tshark's list does not tell which ones those are.
 */
const plainTypes: Readonly<Record<string, readonly string[]>> = {
  FT_UINT8: ['frame', 'tcp', 'udp'],
  FT_UINT16: ['frame', 'tcp', 'udp'],
  FT_UINT32: ['frame', 'tcp', 'udp'],
  FT_FRAMENUM: ['tcp'],
  FT_RELATIVE_TIME: ['frame', 'tcp'],
  FT_IPv4: ['ip'],
  FT_IPv6: ['ipv6'],
};

const plainBases = /^BASE_(?:DEC$|PT_)/;

/** Of other types, but as plain: names of protocols joined by colons, and seconds since the epoch (absolute since 4.2). */
const plainFields: ReadonlySet<string> = new Set(['frame.protocols', 'frame.time_epoch']);

/**
 * A column holds 2047 bytes, and what is beyond is left out without a word. A value that comes near, nearer than one
 * more address needs, may be cut.
 */
export const surelyWholeBytes = 1900;

/** Whether custom columns give every one of these fields as `-T fields` does. Pure. */
export function columnsAreTheSame(fields: readonly string[], catalogue: FieldCatalogue): boolean {
  return fields.every((field) => plainFields.has(field) || isPlain(field, catalogue));
}

function isPlain(field: string, catalogue: FieldCatalogue): boolean {
  const type = catalogue.typeOf(field) ?? '';
  const [protocol = ''] = field.split('.', 1);
  if (plainTypes[type]?.includes(protocol) !== true) return false;
  return !type.startsWith('FT_UINT') || plainBases.test(catalogue.baseOf(field) ?? '');
}

/** `-T fields` writes a label for every field of every packet before 4.4; columns only look for their values. */
export function columnsAreFaster(version: ToolVersion): boolean {
  return !isAtLeast(version, '4.4');
}

/** Columns that tshark has of its own, and fills in without a field: the same values for less. */
const builtIn: ReadonlyMap<string, string> = new Map([['frame.number', '%m']]);

/** The arguments that make a column of each field: all occurrences, numbers as numbers. */
export function columnArguments(fields: readonly string[]): string[] {
  const columns = fields.map((field, i) => `"${i}","${builtIn.get(field) ?? `%Cus:${field}:0:U`}"`);
  return ['-o', `gui.column.format:${columns.join(',')}`, '-T', 'tabs'];
}
