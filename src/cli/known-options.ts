import type { KnownOptions } from '../config/known-options.ts';
import { optionTraits } from './options/option-traits.ts';
import { optionsOf } from './options/options-of.ts';

/** Those that say nothing of the work: which file is read cannot stand in the file. */
const ofTheCommandLine = ['config'];

/** What can be set beside the command line: every option of every command but "config" itself. */
export const knownOptions: KnownOptions = {
  commands: Object.fromEntries(
    Object.entries(optionsOf)
      .filter(([command]) => command !== 'config')
      .map(([command, table]) => [
        command,
        Object.fromEntries(Object.entries(table).filter(([name]) => !ofTheCommandLine.includes(name))),
      ]),
  ),
  traits: optionTraits,
};
