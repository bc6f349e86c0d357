import type { NamedField } from '../capture/field-schema.ts';
import { RttsharkError } from '../errors.ts';

/**
 * A column as it is written behind `-e`: `ip.src`, `tcp.*`, or `src=ip.src` under a name of its own.
 *
 * @throws RttsharkError `usage` where a side of the equals sign is empty
 */
export function parseFieldChoice(text: string): string | NamedField {
  const at = text.indexOf('=');
  const field = text.slice(at + 1).trim();
  const name = at === -1 ? field : text.slice(0, at).trim();
  if (field === '' || name === '') {
    throw new RttsharkError('usage', `"${text}" names no field.`, {
      hint: 'Write -e FIELD, or -e NAME=FIELD for a column under another name.',
    });
  }
  return at === -1 ? field : { name, field };
}
