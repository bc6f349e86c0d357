/** The text of a configuration file to settings. */

import type { RttsharkError } from '../errors.ts';
import type { Measurement } from '../measure/measurement.ts';
import { parseYamlTree, type YamlMap, type YamlPlace, type YamlTreeEntry } from '../yaml/yaml-tree.ts';
import { declaredMeasurements } from './declared-measurements.ts';
import {
  knownOption,
  measurementsKey,
  optionNames,
  sectionNames,
  type KnownOptions,
} from './known-options.ts';
import { WrongValue, valueError, valueOfNode } from './option-value.ts';
import type { Setting, Settings } from './setting.ts';
import { pathFrom } from './path-from.ts';
import { unknownKey } from './unknown-key.ts';

/** What a configuration file says. */
export interface ConfigFile {
  readonly path: string;
  /** For every command that has the option and takes the value. */
  readonly common: Settings;
  /** For one command; they win over the common ones. */
  readonly sections: ReadonlyMap<string, Settings>;
  /** What can be asked for by name, beside what rttshark knows. */
  readonly measurements: readonly Measurement[];
  /** All that is wrong with it, in the order of the file. Each is of the code `usage`. */
  readonly mistakes: readonly RttsharkError[];
}

export interface ConfigText {
  readonly path: string;
  readonly text: string;
  /** False where it was come across rather than named: it may then not say which programs run. */
  readonly trusted: boolean;
}

/** Parses a configuration file. It never throws: what is wrong stands in `mistakes`. */
export function parseConfigFile({ path, text, trusted }: ConfigText, known: KnownOptions): ConfigFile {
  const { root, mistakes } = parseYamlTree(text, '1.2');
  const reader = new ConfigReader(path, known, trusted);
  if (mistakes.length > 0)
    for (const mistake of mistakes) reader.complain(mistake, new WrongValue(mistake.what));
  else if (root.kind === 'map') reader.readTop(root);
  else if (root.kind !== 'scalar' || root.value !== null) {
    reader.complain(root.place, new WrongValue('"option: value" lines are expected.'));
  }
  return reader;
}

class ConfigReader implements ConfigFile {
  readonly common = new Map<string, Setting>();
  readonly sections = new Map<string, Map<string, Setting>>();
  readonly measurements: Measurement[] = [];
  readonly mistakes: RttsharkError[] = [];
  readonly path: string;
  readonly #known: KnownOptions;
  readonly #trusted: boolean;

  constructor(path: string, known: KnownOptions, trusted: boolean) {
    this.path = path;
    this.#known = known;
    this.#trusted = trusted;
  }

  complain({ line, column }: YamlPlace, wrong: WrongValue): void {
    const place = `The configuration file "${this.path}", line ${line}, column ${column}`;
    this.mistakes.push(valueError(place, wrong));
  }

  readTop({ entries }: YamlMap): void {
    const commands = sectionNames(this.#known);
    for (const entry of entries) {
      if (entry.key === measurementsKey) this.#readMeasurements(entry);
      else if (entry.key !== null && commands.includes(entry.key) && !this.#isOption(entry))
        this.#readSection(entry.key, entry);
      else this.#readOption(entry, this.common);
    }
  }

  /** A command and an option can have one name: a single value is the option's. */
  #isOption({ key, value }: YamlTreeEntry): boolean {
    const isValue = value.kind === 'scalar' && value.value !== null;
    return isValue && key !== null && knownOption(this.#known, key) !== undefined;
  }

  #readSection(command: string, { value }: YamlTreeEntry): void {
    if (value.kind === 'scalar' && value.value === null) return;
    if (value.kind !== 'map') {
      this.complain(value.place, new WrongValue(`options of the command "${command}" are expected.`));
      return;
    }
    const section = new Map<string, Setting>();
    this.sections.set(command, section);
    for (const entry of value.entries) this.#readOption(entry, section, command);
  }

  #readMeasurements({ value }: YamlTreeEntry): void {
    const { measurements, mistakes } = declaredMeasurements(value);
    this.measurements.push(...measurements);
    for (const { place, wrong } of mistakes) this.complain(place, wrong);
  }

  #readOption(
    { key, place, value: node }: YamlTreeEntry,
    into: Map<string, Setting>,
    command?: string,
  ): void {
    if (key === null) {
      this.complain(place, new WrongValue('the name of an option is expected.'));
      return;
    }
    const option = knownOption(this.#known, key, command);
    if (option === undefined) {
      const sections = command === undefined ? [...sectionNames(this.#known), measurementsKey] : [];
      const names = { here: optionNames(this.#known, command), all: optionNames(this.#known), sections };
      this.complain(place, unknownKey(key, command, names));
      return;
    }
    if (!this.#trusted && option.traits.runsPrograms === true) {
      const what = `"${key}" says which programs run, which a file that is only found in the working folder may not.`;
      this.complain(place, new WrongValue(what, `Name the file: --config ${this.path}`));
      return;
    }
    const value = valueOfNode(option, node);
    if (value instanceof WrongValue) this.complain(node.place, value);
    else {
      const placed =
        option.traits.path === undefined ? value : pathFrom(this.path, value, option.traits.path);
      into.set(key, {
        name: key,
        value: placed,
        origin: { from: 'file', file: this.path, line: place.line },
      });
    }
  }
}
