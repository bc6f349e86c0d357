import { RttsharkError } from '../../errors.ts';
import type { Exemplar } from '../metric-family.ts';
import { checkPlainLabelName } from '../names.ts';
import { readLabelValues, type LabelValues } from './label-values.ts';

/** What OpenMetrics allows names and values of an exemplar to have together. */
const mostCharacters = 128;

/**
 * An exemplar of this moment.
 *
 * @throws RttsharkError `usage` for label names that are none, and for more than 128 characters
 */
export function exemplarNow(metric: string, labels: LabelValues<string>, value: number): Exemplar {
  const names = Object.keys(labels);
  for (const name of names) checkPlainLabelName(name);
  const values = readLabelValues(metric, names, [labels]);
  const characters = [...names, ...values].reduce((sum, text) => sum + Array.from(text).length, 0);
  if (characters > mostCharacters) {
    throw new RttsharkError('usage', `An exemplar of "${metric}" has labels of ${characters} characters.`, {
      hint: `Names and values may have ${mostCharacters} together.`,
    });
  }
  const set = Object.fromEntries(names.map((name, i) => [name, values[i] ?? '']));
  return { labels: set, value, atMs: Date.now() };
}
