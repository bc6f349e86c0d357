import type { ConfigFile } from '../config/config-file.ts';
import { settingsFor, type ConfigPlaces } from '../config/effective.ts';
import { originSentence, settingsNamedIn } from '../config/explanations.ts';
import { optionNames } from '../config/known-options.ts';
import { isOptionValue, type OptionValue, type Setting, type Settings } from '../config/setting.ts';
import { parseVariables, type Environment } from '../config/variables.ts';
import { RttsharkError } from '../errors.ts';
import type { Measurement } from '../measure/measurement.ts';
import { configWord, findConfig, type FoundConfig } from './find-config.ts';
import { knownOptions } from './known-options.ts';
import type { culprits } from './wrong-values.ts';

/** What is set beside the command line: by the environment, and by a configuration file. */
export class Configuration {
  /** The file that is used. */
  readonly found: FoundConfig | undefined;
  readonly file: ConfigFile | undefined;
  readonly #env: Environment;
  readonly #unreadable: RttsharkError | undefined;
  readonly #culprits: typeof culprits | undefined;
  #command = '';
  #settings: Settings = new Map();

  private constructor(
    env: Environment,
    found: FoundConfig | undefined,
    read: ReadConfig | RttsharkError | undefined,
  ) {
    this.#env = env;
    this.found = found;
    if (read instanceof RttsharkError) this.#unreadable = read;
    else {
      this.file = read?.file;
      this.#culprits = read?.culprits;
    }
  }

  /**
   * Finds and reads the file. What is wrong is said when values are asked for, so that help is given all the same.
   *
   * @param argv - the words behind the program's name
   */
  static async load(argv: readonly string[], env: Environment): Promise<Configuration> {
    const found = findConfig(configWord(argv), env);
    return new Configuration(env, found, found && (await attemptToRead(found)));
  }

  /** Those that the file declares; they can be asked for by name. */
  get measurements(): readonly Measurement[] {
    return this.file?.measurements ?? [];
  }

  /** What is set for a command, or for all; the file and the environment each by itself. */
  places(command?: string): ConfigPlaces & { readonly mistakes: readonly RttsharkError[] } {
    const { settings, mistakes } = parseVariables(this.#env, knownOptions, command);
    const all = [
      ...(this.#unreadable === undefined ? [] : [this.#unreadable]),
      ...(this.file?.mistakes ?? []),
      ...mistakes,
    ];
    return { environment: settings, file: this.file, mistakes: all };
  }

  /**
   * The values for a command, for options that its command line does not give.
   *
   * @throws RttsharkError `usage` with all that is wrong in the file, and in the variables of the command's options
   */
  valuesFor(command: string): Record<string, OptionValue> {
    const { mistakes, ...places } = this.places(command);
    if (mistakes.length > 0) throw oneOf(mistakes);
    this.#command = command;
    this.#settings = settingsFor(command, places, knownOptions);
    return Object.fromEntries([...this.#settings.values()].map(({ name, value }) => [name, value]));
  }

  /** Told of what the command runs with: settings that the command line overrides are no longer spoken of. */
  overriddenBy(flags: Readonly<Record<string, unknown>>): void {
    const given = optionNames(knownOptions, this.#command).flatMap((name): [string, Setting][] => {
      const value = flags[name];
      const set = this.#settings.get(name);
      if (set !== undefined && sameValue(value, set.value)) return [[name, set]];
      return isOptionValue(value) ? [[name, { name, value, origin: { from: 'flag' } }]] : [];
    });
    this.#settings = new Map(given);
  }

  /** Whether an option has its value from elsewhere than the command line. */
  sets(option: string): boolean {
    const from = this.#settings.get(option)?.origin.from;
    return from === 'file' || from === 'environment';
  }

  #culpritsOf(error: RttsharkError): readonly Setting[] | undefined {
    return this.#culprits?.({ command: this.#command, declared: this.measurements }, this.#settings, error);
  }

  /** Where the values come from that an error speaks of, a line each; nothing for those of the command line. */
  explain(error: RttsharkError): string[] {
    const set = [...this.#settings.values()].filter(({ origin }) => origin.from !== 'flag');
    if (set.length === 0) return [];
    const found = error.code === 'usage' ? this.#culpritsOf(error) : undefined;
    return (found?.length ? found : settingsNamedIn(error, set)).map(originSentence);
  }
}

interface ReadConfig {
  readonly file: ConfigFile;
  readonly culprits: typeof culprits;
}

async function attemptToRead(found: FoundConfig): Promise<ReadConfig | RttsharkError> {
  try {
    // Most commands run without a file: they need not know YAML, nor what is told of its values.
    const [{ readConfig }, judge] = await Promise.all([
      import('./read-config.ts'),
      import('./wrong-values.ts'),
    ]);
    return { file: readConfig(found), culprits: judge.culprits };
  } catch (error) {
    if (error instanceof RttsharkError) return error;
    throw error;
  }
}

function oneOf([first, ...others]: readonly RttsharkError[]): RttsharkError {
  if (first === undefined || others.length === 0)
    return first ?? new RttsharkError('usage', 'Nothing is wrong.');
  const detail = others.map(({ message }) => message).join('\n');
  return new RttsharkError('usage', first.message, { detail, hint: first.hint });
}

function sameValue(flag: unknown, value: OptionValue): boolean {
  return JSON.stringify(flag) === JSON.stringify(value);
}
