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
  if (word === undefined) return new RttsharkError('usage', wrongValue(message), { hint: help });
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

/** What is wrong with a value, or the lack of one, in words of our own where the parser's are odd. */
function wrongValue(message: string): string {
  const [, valueless] = /^Not enough arguments following: (.*)$/m.exec(message) ?? [];
  if (valueless !== undefined) return `"${dashed(valueless)}" needs a value.`;
  const [, missing] = /^Missing required argument: (.*)$/m.exec(message) ?? [];
  if (missing !== undefined) return `The option "${dashed(missing)}" is missing.`;
  const [, option, given, choices] =
    /Argument: (.*), Given: (.*), Choices: (.*)$/m.exec(message.trim()) ?? [];
  if (option === undefined) return sentence(message);
  if (given === 'false') return `"--no-${option}" is no option: --${option} takes a value.`;
  return `${given ?? ''} is no value for ${dashed(option)}: it is one of ${choices ?? ''}.`;
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
