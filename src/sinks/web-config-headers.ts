/** The headers that a web config file may add to answers. */

import type { YamlEntry } from './web-config-yaml.ts';

/** With the values that they may have, where not any. */
const allowed: ReadonlyMap<string, readonly string[] | undefined> = new Map([
  ['Content-Security-Policy', undefined],
  ['Strict-Transport-Security', undefined],
  ['X-Content-Type-Options', ['nosniff']],
  ['X-Frame-Options', ['deny', 'sameorigin']],
  ['X-XSS-Protection', undefined],
]);

/**
 * The value of a header; empty where it is not to be sent.
 *
 * @throws RttsharkError `usage` for another header, or a value that it cannot have
 */
export function allowedHeader({ key, value, complain }: YamlEntry): string {
  if (!allowed.has(key)) {
    throw complain(
      `the header "${key}" cannot be set.`,
      `Those that can: ${[...allowed.keys()].join(', ')}.`,
    );
  }
  const text = value.text();
  const values = allowed.get(key);
  if (text !== '' && values !== undefined && !values.includes(text)) {
    throw value.complain(`"${key}" can only be ${values.join(' or ')}.`);
  }
  if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(text)) {
    throw value.complain(`"${key}" holds characters that a header cannot.`);
  }
  return text;
}
