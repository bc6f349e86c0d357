import { effectiveSettings } from '../config/effective.ts';
import { commandNames, sectionNames } from '../config/known-options.ts';
import { originText, type OptionValue, type Setting } from '../config/setting.ts';
import { RttsharkError } from '../errors.ts';
import { nearestNames } from '../nearest.ts';
import { jsonText } from '../report/json.ts';
import { renderSettings, type ReportedSetting } from '../report/settings-table.ts';
import { yamlInline } from '../yaml/yaml-inline.ts';
import type { CommandContext, CommandEnd } from './command-context.ts';
import { givenOptions } from './command-words.ts';
import { knownOptions } from './known-options.ts';
import { optionTraits } from './options/option-traits.ts';

export interface ShownConfig {
  /** Whose options; those of all commands where it is left out. */
  readonly command: string | undefined;
  /** The words of that command's line. */
  readonly words: readonly string[];
  readonly format: 'table' | 'yaml' | 'json';
}

interface CommandSettings {
  readonly command: string;
  readonly settings: readonly Setting[];
}

/** `rttshark config show`: what each option is, and where that comes from. There is no secret among options. */
export async function showConfig(
  { command, words, format }: ShownConfig,
  { console, configuration }: CommandContext,
): Promise<CommandEnd> {
  const commands = commandNames(knownOptions);
  if (command !== undefined && !commands.includes(command)) throw noSuchCommand(command, commands);
  const { mistakes, ...places } = configuration.places(command);
  if (mistakes.length > 0) {
    for (const mistake of mistakes) console.error(mistake);
    return mistakes;
  }
  const flags = command === undefined ? new Map<string, OptionValue>() : givenOptions(command, words);
  const shown = (command === undefined ? commands : [command]).map((each): CommandSettings => {
    return {
      command: each,
      settings: [...effectiveSettings(each, places, flags, knownOptions).values()].map(shownSetting),
    };
  });
  const texts = {
    table: () => renderSettings(shown.flatMap(reported), console.stdout),
    yaml: () => yamlText(shown),
    json: () => jsonText(documentOf(shown, configuration.found?.path)),
  };
  await console.result(texts[format]());
  return [];
}

/** What stands in the place of a value that can be a secret. */
const hidden = '(hidden)';

function shownSetting(setting: Setting): Setting {
  return optionTraits[setting.name]?.concealed === true ? { ...setting, value: hidden } : setting;
}

function reported({ command, settings }: CommandSettings): ReportedSetting[] {
  return settings.map(({ name, value, origin }) => {
    return {
      command,
      name,
      value: yamlInline(value),
      origin: originText(origin),
      isSet: origin.from !== 'default',
    };
  });
}

/** A configuration file that sets just the same; a command without a section of its own is left out beside others. */
function yamlText(shown: readonly CommandSettings[]): string {
  const sections = sectionNames(knownOptions);
  const lines = shown.flatMap(({ command, settings }) => {
    const set = settings.map(({ name, value, origin }) => {
      return `${value === hidden ? '# ' : ''}${name}: ${yamlInline(value)} # ${originText(origin)}`;
    });
    if (sections.includes(command)) return [`${command}:`, ...set.map((line) => `  ${line}`)];
    return shown.length === 1 ? set : [];
  });
  return lines.map((line) => `${line}\n`).join('');
}

function documentOf(shown: readonly CommandSettings[], file: string | undefined): object {
  return {
    schema: 'rttshark.config/1',
    file: file ?? null,
    commands: Object.fromEntries(
      shown.map(({ command, settings }) => [
        command,
        Object.fromEntries(settings.map(({ name, value, origin }) => [name, { value, ...origin }])),
      ]),
    ),
  };
}

function noSuchCommand(word: string, commands: readonly string[]): RttsharkError {
  const near = nearestNames(word, commands, 1).map((name) => `Did you mean "${name}"? `);
  return new RttsharkError('usage', `"${word}" is no command that has options to be set.`, {
    hint: `${near.join('')}It is one of ${commands.join(', ')}.`,
  });
}
