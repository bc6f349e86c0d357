import { RttsharkError } from '../errors.ts';
import { nearestNames } from '../nearest.ts';

/** What would have been right where something wrong was written. */
export interface KnownWords {
  readonly commands: readonly string[];
  /** Of the command that was called, without dashes; of all commands where none was. */
  readonly options: readonly string[];
  /** The command that was called; '' for none. */
  readonly command: string;
}

/**
 * What is wrong with a command line, as the parser says it, with the nearest right word.
 *
 * @param message - of yargs: "Unknown argument: pussh"
 * @param argv - the words of the command line
 */
export function usageError(message: string, argv: readonly string[], known: KnownWords): RttsharkError {
  const { command } = known;
  const help = `See "rttshark${command && ` ${command}`} --help".`;
  const [, list] = /^Unknown (?:arguments?|commands?): (.*)$/.exec(message) ?? [];
  const word = list?.split(', ')[0];
  if (word === undefined) return new RttsharkError('usage', sentence(message), { hint: help });
  const isOption = argv.some(
    (given) => given.startsWith('-') && given.replace(/^--?(?:no-)?/, '').split('=')[0] === word,
  );
  if (!isOption && command === '') {
    const near = nearestNames(word, known.commands, 1).map((name) => `Did you mean "rttshark ${name}"? `);
    return new RttsharkError('usage', `"${word}" is no command of rttshark.`, { hint: near.join('') + help });
  }
  const shown = isOption ? dashed(word) : word;
  const near = nearestNames(word, known.options, 1).map((name) => `Did you mean "${dashed(name)}"? `);
  return new RttsharkError('usage', `"${shown}" is no option of rttshark${command && ` ${command}`}.`, {
    hint: near.join('') + help,
  });
}

function dashed(option: string): string {
  return option.length === 1 ? `-${option}` : `--${option}`;
}

function sentence(text: string): string {
  const line = text.trim().split('\n')[0] ?? '';
  return /[.?!]$/.test(line) ? line : `${line}.`;
}
