import type { Options } from 'yargs';
import { commandPages, type CommandPage } from '../../src/cli/command-pages.ts';
import { optionsOf } from '../../src/cli/options/options-of.ts';

/** One option, as a reference shows it. */
export interface OptionEntry {
  /** With their dashes, a single letter first. */
  readonly names: readonly string[];
  /** What stands behind the name; empty for an option that is on or off. */
  readonly value: string;
  readonly isRepeatable: boolean;
  readonly defaultText: string | undefined;
  readonly meaning: string;
}

export interface OptionGroup {
  readonly title: string;
  readonly options: readonly OptionEntry[];
}

export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  /** Whole commands. */
  readonly usage: readonly string[];
  readonly about: string | undefined;
  readonly groups: readonly OptionGroup[];
  readonly examples: readonly (readonly [command: string, meaning: string])[];
}

const programName = 'rttshark';

/** All commands, in the order in which help lists them. */
export function commandEntries(): CommandEntry[] {
  return Object.entries<CommandPage>(commandPages).map(([name, page]) => ({
    name,
    summary: page.summary,
    usage: (page.usage ?? [`${name} [OPTION]...`]).map((line) => `${programName} ${line}`),
    about: page.about,
    groups: groupsOf(optionsOf[name] ?? {}),
    examples: page.examples.map(([line, meaning]) => [line.replaceAll('$0', programName), meaning]),
  }));
}

function groupsOf(options: Readonly<Record<string, Options>>): OptionGroup[] {
  const groups = new Map<string, OptionEntry[]>();
  for (const [name, option] of Object.entries(options)) {
    if (option.hidden === true) continue;
    const title = (option.group ?? 'Options:').replace(/:$/, '');
    groups.set(title, [...(groups.get(title) ?? []), optionEntry(name, option)]);
  }
  return Array.from(groups, ([title, entries]) => ({ title, options: entries }));
}

function optionEntry(name: string, option: Options): OptionEntry {
  const aliases = [option.alias ?? []].flat();
  const names = [...aliases, name].sort((one, other) => one.length - other.length);
  return {
    names: names.map((each) => (each.length === 1 ? `-${each}` : `--${each}`)),
    value: valueOf(name, option),
    isRepeatable: option.array === true || option.type === 'array',
    defaultText: defaultOf(option),
    meaning: option.describe ?? option.description ?? '',
  };
}

function valueOf(name: string, option: Options): string {
  if (option.choices !== undefined) return [...option.choices].join('|');
  if (option.type === 'boolean' || option.boolean === true) return '';
  return (name.split('-').at(-1) ?? name).toUpperCase();
}

function defaultOf({ default: value, defaultDescription }: Options): string | undefined {
  if (defaultDescription !== undefined) return defaultDescription;
  if (value === undefined || value === null || value === false || value === '') return undefined;
  if (value === true) return 'on';
  return Array.isArray(value) ? (value.length === 0 ? undefined : value.join(' ')) : String(value);
}
