import { RttsharkError } from '../errors.ts';

/** A column that is asked for. */
export interface FieldChoice {
  /** tshark's name of a field, or a pattern as in `tcp.*`. */
  readonly field: string;
  /** The column's name; the field's own by default. */
  readonly name?: string | undefined;
}

/**
 * A column as it is written behind `-e`: `ip.src`, `tcp.*`, or `src=ip.src` under a name of its own.
 *
 * @throws RttsharkError `usage` where a side of the equals sign is empty, and for a pattern with a name
 */
export function parseFieldChoice(text: string): FieldChoice {
  const at = text.indexOf('=');
  const field = text.slice(at + 1).trim();
  const name = at === -1 ? undefined : text.slice(0, at).trim();
  if (field === '' || name === '') {
    throw new RttsharkError('usage', `"${text}" names no field.`, {
      hint: 'Write -e FIELD, or -e NAME=FIELD for a column under another name.',
    });
  }
  if (name !== undefined && isPattern(field)) {
    throw new RttsharkError('usage', `"${text}" gives one name to many fields.`, {
      hint: `Write -e '${field}': the columns are called as the fields are.`,
    });
  }
  return { field, name };
}

/** Whether it stands for every field whose name it fits. */
export function isPattern(field: string): boolean {
  return field.includes('*');
}
