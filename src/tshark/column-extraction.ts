import type { FieldCatalogue } from './field-catalogue.ts';
import { isAtLeast, type ToolVersion } from './version.ts';

/** How tshark is made to print values: `-T fields`, or custom columns of its packet list, `-T tabs`. */
export type Extraction = 'fields' | 'columns';

/**
 * Types whose values have one form only, without a comma, a tab or a line end, and never an empty one: in a column,
 * commas join several occurrences, and no value looks like an empty one. Booleans, characters and texts are not among
 * them, nor absolute times.
 */
const plainTypes: ReadonlySet<string> = new Set([
  ...['FT_UINT8', 'FT_UINT16', 'FT_UINT24', 'FT_UINT32', 'FT_FRAMENUM'],
  ...['FT_IPv4', 'FT_IPv6', 'FT_RELATIVE_TIME'],
]);

/** Of other types, but as plain: names of protocols joined by colons, and seconds since the epoch (absolute since 4.2). */
const plainFields: ReadonlySet<string> = new Set(['frame.protocols', 'frame.time_epoch']);

/**
 * A column holds 2047 bytes, and what is beyond is left out without a word. A value that comes near, nearer than one
 * more address needs, may be cut.
 */
const surelyWholeLength = 1900;

/** Whether custom columns give every one of these fields as `-T fields` does. Pure. */
export function columnsAreTheSame(fields: readonly string[], catalogue: FieldCatalogue): boolean {
  return fields.every(
    (field) =>
      plainFields.has(field) ||
      // The occurrences of a field that is declared several times come in another order.
      (plainTypes.has(catalogue.typeOf(field) ?? '') && catalogue.isDeclaredOnce(field)),
  );
}

/** `-T fields` writes a label for every field of every packet before 4.4; columns only look for their values. */
export function columnsAreFaster(version: ToolVersion): boolean {
  return !isAtLeast(version, '4.4');
}

/** The arguments that make a column of each field: all occurrences, numbers as numbers. */
export function columnArguments(fields: readonly string[]): string[] {
  const columns = fields.map((field, i) => `"${i}","%Cus:${field}:0:U"`);
  return ['-o', `gui.column.format:${columns.join(',')}`, '-T', 'tabs'];
}

/** Whether a column's text may lack its end. */
export function mayBeCut(text: string): boolean {
  return text.length >= surelyWholeLength;
}
