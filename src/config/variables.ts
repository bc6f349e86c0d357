/** Options from the environment. */

import type { RttsharkError } from '../errors.ts';
import { nearestNames } from '../nearest.ts';
import { knownOption, optionNames, type KnownOptions } from './known-options.ts';
import { WrongValue, valueError, valueOfVariable } from './option-value.ts';
import type { Setting, Settings } from './setting.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

const prefix = 'RTTSHARK_';

/** The variable of an option: `RTTSHARK_PUSH_TIMEOUT` of `push-timeout`. */
export function variableOf(option: string): string {
  return `${prefix}${option.toUpperCase().replaceAll('-', '_')}`;
}

/** What the environment says of the options of a command; without one, of all commands. An empty variable says nothing. */
export function parseVariables(
  env: Environment,
  known: KnownOptions,
  command?: string,
): { readonly settings: Settings; readonly mistakes: readonly RttsharkError[] } {
  const settings = new Map<string, Setting>();
  const mistakes: RttsharkError[] = [];
  for (const name of optionNames(known, command)) {
    const variable = variableOf(name);
    const text = env[variable];
    // A value that another command takes is not wrong: the variable is for all.
    const option = knownOption(known, name);
    if (text === undefined || text === '' || option === undefined) continue;
    const value = valueOfVariable(option, text);
    if (value instanceof WrongValue) mistakes.push(valueError(`The variable ${variable}`, value));
    else settings.set(name, { name, value, origin: { from: 'environment', variable } });
  }
  return { settings, mistakes };
}

/** Variables that look as if an option was meant, with the variable that there is. */
export function misspelledVariables(
  env: Environment,
  known: KnownOptions,
  others: readonly string[],
): [wrong: string, right: string][] {
  const right = [...optionNames(known).map(variableOf), ...others];
  const wordsOf = (variable: string) => variable.slice(prefix.length);
  return Object.keys(env)
    .filter((name) => name.startsWith(prefix) && !right.includes(name))
    .flatMap((name) => {
      const near = nearestNames(wordsOf(name), right.map(wordsOf), 1);
      return near.map((word): [string, string] => [name, `${prefix}${word}`]);
    });
}
