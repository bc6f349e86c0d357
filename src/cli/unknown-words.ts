import { RttsharkError } from '../errors.ts';
import { nearestNames } from '../nearest.ts';

/** What would have been right where something wrong was written. */
export interface KnownWords {
  /** Of the command that was called, without dashes; of all commands where none was. */
  readonly options: readonly string[];
  /** The command that was called; '' for none. */
  readonly command: string;
}

/**
 * What is wrong with a command line, as the parser says it, with the nearest right word.
 *
 * @param message - of yargs: "Unknown argument: pussh"
 */
export function usageError(message: string, known: KnownWords): RttsharkError {
  const { command } = known;
  const help = `See "rttshark${command && ` ${command}`} --help".`;
  const [, list] = /^Unknown (?:arguments?|commands?): (.*)$/.exec(message) ?? [];
  const word = list?.split(', ')[0];
  if (word === undefined) return new RttsharkError('usage', sentence(message), { hint: help });
  const near = nearestNames(word, known.options, 1).map((name) => `Did you mean "${dashed(name)}"? `);
  return new RttsharkError(
    'usage',
    `"${dashed(word)}" is no option of rttshark${command && ` ${command}`}.`,
    {
      hint: near.join('') + help,
    },
  );
}

function dashed(option: string): string {
  return option.length === 1 ? `-${option}` : `--${option}`;
}

function sentence(text: string): string {
  const line = text.trim().split('\n')[0] ?? '';
  return /[.?!]$/.test(line) ? line : `${line}.`;
}

/** The error about a command that there is not, with the nearest one. */
export function unknownCommand(word: string | undefined, commands: readonly string[]): RttsharkError {
  const help = 'See "rttshark --help".';
  if (word === undefined) return new RttsharkError('usage', 'No command was named.', { hint: help });
  const near = nearestNames(word, commands, 1).map((name) => `Did you mean "rttshark ${name}"? `);
  return new RttsharkError('usage', `"${word}" is no command of rttshark.`, { hint: near.join('') + help });
}
