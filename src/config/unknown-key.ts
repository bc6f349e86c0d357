import { nearestNames } from '../nearest.ts';
import { WrongValue } from './option-value.ts';
import { variableOf } from './variables.ts';

/** What would have been right. */
export interface KnownNames {
  /** The options that could stand here. */
  readonly here: readonly string[];
  /** Those of all commands. */
  readonly all: readonly string[];
  /** The sections that could stand here. */
  readonly sections: readonly string[];
}

/** What is wrong with a name that nobody knows, and with a secret, which has no place in a file that many can read. */
export function unknownKey(key: string, command: string | undefined, names: KnownNames): WrongValue {
  const file = `${key}-file`;
  if (names.all.includes(file)) {
    const hint = `Put it into a file of its own and name that with "${file}", or set the variable ${variableOf(key)}.`;
    return new WrongValue(`"${key}" is a secret, which has no place here.`, hint);
  }
  if (key.endsWith('passphrase')) {
    const hint = `Set the variable ${variableOf(key)}.`;
    return new WrongValue(`"${key}" is a secret, which has no place here.`, hint);
  }
  const what = `"${key}" is no option${command === undefined ? '' : ` of the command "${command}"`}.`;
  if (key.startsWith('no-') && names.here.includes(key.slice(3))) {
    return new WrongValue(what, `Write "${key.slice(3)}: false".`);
  }
  const [near] = nearestNames(key, [...names.here, ...names.sections], 1);
  return new WrongValue(what, near === undefined ? undefined : `Did you mean "${near}"?`);
}
