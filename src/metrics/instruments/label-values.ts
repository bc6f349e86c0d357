import { RttsharkError } from '../../errors.ts';
import { nearestNames } from '../../nearest.ts';

export type LabelValue = string | number | boolean;

/** A value for each label, by name. */
export type LabelValues<Label extends string> = Readonly<Record<Label, LabelValue>>;

/**
 * The values of one label set, in the order of the label names.
 *
 * @param metric - for messages
 * @param given - one object with a value for each label, or the values one by one
 * @throws RttsharkError `usage` for labels that are missing or not there, and for text that is not valid Unicode
 */
export function readLabelValues(
  metric: string,
  labelNames: readonly string[],
  given: readonly unknown[],
): string[] {
  const [first] = given;
  const values =
    typeof first === 'object' && first !== null
      ? valuesByName(metric, labelNames, first as Readonly<Record<string, unknown>>)
      : given;
  if (values.length !== labelNames.length) {
    throw new RttsharkError('usage', `"${metric}" was given ${values.length} label values.`, {
      hint:
        labelNames.length === 0 ? 'It has no labels.' : `It takes one for each of ${labelNames.join(', ')}.`,
    });
  }
  return values.map((value, i) => labelText(metric, labelNames[i] ?? '', value));
}

function valuesByName(
  metric: string,
  labelNames: readonly string[],
  given: Readonly<Record<string, unknown>>,
): unknown[] {
  for (const name of Object.keys(given)) {
    if (labelNames.includes(name)) continue;
    const near = nearestNames(name, labelNames, 1).map((other) => ` Did you mean "${other}"?`);
    throw new RttsharkError('usage', `"${metric}" has no label "${name}".`, {
      hint: `Its labels are ${labelNames.join(', ') || 'none'}.${near.join('')}`,
    });
  }
  return labelNames.map((name) => given[name]);
}

function labelText(metric: string, label: string, value: unknown): string {
  if (typeof value === 'string') {
    if (isWellFormed(value)) return value;
    // All halves of characters would be sent as the same replacement.
    throw new RttsharkError(
      'usage',
      `The value of the label "${label}" of "${metric}" is not valid Unicode.`,
      {
        hint: 'It holds half of a surrogate pair.',
      },
    );
  }
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new RttsharkError('usage', `The label "${label}" of "${metric}" has no value.`, {
    hint: 'Every label needs one: a text, a number or a boolean.',
  });
}

const loneSurrogate = /\p{Surrogate}/u;

/** Whether text can be written as UTF-8. */
export function isWellFormed(text: string): boolean {
  return !loneSurrogate.test(text);
}
