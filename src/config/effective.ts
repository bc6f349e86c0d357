import type { ConfigFile } from './config-file.ts';
import { knownOption, optionNames, type KnownOptions, type OptionDeclaration } from './known-options.ts';
import type { OptionValue, Setting, Settings } from './setting.ts';

/** The places that options are set in beside the command line. */
export interface ConfigPlaces {
  readonly environment: Settings;
  readonly file: Pick<ConfigFile, 'common' | 'sections'> | undefined;
}

/**
 * What is set for a command beside its command line, in the order of its options: the environment wins over the
 * command's section of the file, which wins over what the file says for all commands. What is said for all and this
 * command cannot take (`format: csv` where there is no csv) is not for it.
 */
export function settingsFor(command: string, places: ConfigPlaces, known: KnownOptions): Settings {
  const found = new Map<string, Setting>();
  for (const name of optionNames(known, command)) {
    const declaration = knownOption(known, name, command)?.declaration;
    const candidates = [
      places.environment.get(name),
      places.file?.sections.get(command)?.get(name),
      places.file?.common.get(name),
    ];
    const setting = candidates.find(
      (each) => each !== undefined && declaration !== undefined && takes(declaration, each.value),
    );
    if (setting !== undefined) found.set(name, setting);
  }
  return found;
}

function takes({ choices }: OptionDeclaration, value: OptionValue): boolean {
  return choices === undefined || (typeof value === 'string' && choices.includes(value));
}

/**
 * Every option of a command that has a value, with where that comes from: the command line wins over all else, defaults
 * are last.
 *
 * @param flags - what the command line gives
 */
export function effectiveSettings(
  command: string,
  places: ConfigPlaces,
  flags: ReadonlyMap<string, OptionValue>,
  known: KnownOptions,
): Settings {
  const set = settingsFor(command, places, known);
  const effective = new Map<string, Setting>();
  for (const name of optionNames(known, command)) {
    const flag = flags.get(name);
    const fallback = defaultOf(knownOption(known, name, command)?.declaration);
    const setting =
      flag === undefined ? set.get(name) : { name, value: flag, origin: { from: 'flag' as const } };
    if (setting !== undefined) effective.set(name, setting);
    else if (fallback !== undefined) {
      effective.set(name, { name, value: fallback, origin: { from: 'default' } });
    }
  }
  return effective;
}

function defaultOf(declaration: OptionDeclaration | undefined): OptionValue | undefined {
  const value = declaration?.default;
  return typeof value === 'string' || typeof value === 'boolean' ? value : undefined;
}
