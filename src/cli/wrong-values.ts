/** Whether the commands would take what is configured for them, and which value it is that they do not take. */

import { effectiveSettings } from '../config/effective.ts';
import { originSentence } from '../config/explanations.ts';
import { optionNames, commandNames } from '../config/known-options.ts';
import type { Setting, Settings } from '../config/setting.ts';
import { RttsharkError } from '../errors.ts';
import type { Measurement } from '../measure/measurement.ts';
import type { Configuration } from './configuration.ts';
import { flagChecks } from './flag-checks.ts';
import { knownOptions } from './known-options.ts';

type Check = (flags: never, declared: readonly Measurement[]) => unknown;

/** What is called, and what is declared beside its options. */
export interface Called {
  readonly command: string;
  readonly declared: readonly Measurement[];
}

/** What the commands would say of the values that are set, each mistake once. */
export function wrongValues(configuration: Configuration): RttsharkError[] {
  const places = configuration.places();
  const errors = commandNames(knownOptions).flatMap((command) => {
    const settings = effectiveSettings(command, places, new Map(), knownOptions);
    const called = { command, declared: configuration.measurements };
    return (flagChecks[command] ?? []).flatMap((check) => complaints(called, settings, check));
  });
  return [...new Map(errors.map((error) => [`${error.message}\n${error.detail ?? ''}`, error])).values()];
}

/**
 * The settings without which an error would not come, as far as a command's own checks can tell.
 *
 * @param settings - all that the command runs with
 */
export function culprits(called: Called, settings: Settings, error: RttsharkError): Setting[] {
  const check = (flagChecks[called.command] ?? []).find(
    (each) => complaint(called, settings, each)?.message === error.message,
  );
  return check === undefined ? [] : culpritsOf(called, settings, check, error);
}

/** One check gives up at the first mistake: it is asked again without what it complained of, until it is content. */
function complaints(called: Called, settings: Settings, check: Check): RttsharkError[] {
  const error = complaint(called, settings, check);
  if (error === undefined) return [];
  const found = culpritsOf(called, settings, check, error);
  // What has nothing to do with the configuration may well be said on the command line.
  if (found.length === 0) return [];
  const detail = [error.detail ?? '', ...found.map(originSentence)].filter((line) => line !== '').join('\n');
  const placed = new RttsharkError('usage', error.message, { detail, hint: error.hint });
  return [placed, ...complaints(called, found.reduce(without(called.command), settings), check)];
}

function culpritsOf(called: Called, settings: Settings, check: Check, error: RttsharkError): Setting[] {
  const set = [...settings.values()].filter(
    ({ origin: { from } }) => from === 'file' || from === 'environment',
  );
  return set.filter((setting) => {
    return complaint(called, without(called.command)(settings, setting), check)?.message !== error.message;
  });
}

/** The same settings with the default in place of one of them. */
function without(command: string): (settings: Settings, setting: Setting) => Settings {
  const defaults = effectiveSettings(command, nothing, new Map(), knownOptions);
  return (settings, { name }) => {
    const fallback = defaults.get(name);
    const others = [...settings].filter(([other]) => other !== name);
    return new Map(fallback === undefined ? others : [...others, [name, fallback]]);
  };
}

const nothing = { environment: new Map<string, Setting>(), file: undefined };

function complaint(
  { command, declared }: Called,
  settings: Settings,
  check: Check,
): RttsharkError | undefined {
  const flags = Object.fromEntries(
    optionNames(knownOptions, command).map((name) => [camelCase(name), settings.get(name)?.value]),
  );
  try {
    check({ ...flags, captures: ['-'] } as never, declared);
    return undefined;
  } catch (error) {
    if (error instanceof RttsharkError) return error;
    throw error;
  }
}

function camelCase(name: string): string {
  return name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}
