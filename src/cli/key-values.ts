import { RttsharkError } from '../errors.ts';

/**
 * `name=value` texts of one option as pairs; a value may hold anything, also nothing.
 *
 * @throws RttsharkError `usage` for one without a name, and for a name that comes twice
 */
export function keyValuePairs(option: string, texts: readonly string[]): Map<string, string> {
  const pairs = new Map<string, string>();
  for (const text of texts) {
    const at = text.indexOf('=');
    if (at < 1) {
      throw new RttsharkError('usage', `"${text}" is no value for --${option}.`, {
        hint: 'Write name=value.',
      });
    }
    const name = text.slice(0, at);
    if (pairs.has(name)) throw new RttsharkError('usage', `--${option} names "${name}" twice.`);
    pairs.set(name, text.slice(at + 1));
  }
  return pairs;
}
