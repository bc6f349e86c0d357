import type { FallbackCompletionFunction } from 'yargs';
import { commandNames } from '../config/known-options.ts';
import { completionShells } from './completion-scripts.ts';
import { configVerbs } from './config-verbs.ts';
import { knownOptions } from './known-options.ts';

const commands = commandNames(knownOptions);

/** What can follow on a command line: what yargs offers, but for one-letter options that it gives two dashes. */
export const wordsThatFit: FallbackCompletionFunction = (current, flags, standard, done) => {
  const { _: words } = flags as { readonly _: readonly (string | number)[] };
  if (words.includes('completion') && !current.startsWith('-')) {
    done([...completionShells]);
    return;
  }
  const configWords = wordsBehind('config', words, current);
  if (configWords !== undefined && !current.startsWith('-')) {
    done(configWords.length === 0 ? [...configVerbs] : configWords[0] === 'show' ? commands : []);
    return;
  }
  standard((error, offered) => {
    if (error === null) done((offered ?? []).filter((word) => !/^--.$/.test(word)));
  });
};

/** The words between a command's name and the one that is completed; undefined for another command. */
function wordsBehind(
  command: string,
  words: readonly (string | number)[],
  current: string,
): readonly string[] | undefined {
  const at = words.indexOf(command);
  if (at === -1 || at > 1) return undefined;
  const behind = words.slice(at + 1).map(String);
  return behind.at(-1) === current ? behind.slice(0, -1) : behind;
}
