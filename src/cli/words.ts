import { RttsharkError } from '../errors.ts';

/** The words of a command line that are no options, the command's own name first. */
interface Words {
  readonly _: readonly (string | number)[];
}

/**
 * The words behind the command. As positionals, yargs would lose `-` and what stands behind `--`.
 *
 * @param most - how many there may be
 * @throws RttsharkError `usage` for one too many
 */
export function wordsOf({ _: [command, ...words] }: Words, most: number): string[] {
  const extra = words[most];
  if (extra !== undefined) {
    throw new RttsharkError('usage', `"${extra}" is one word too many.`, {
      hint: `See "rttshark ${command ?? ''} --help".`,
    });
  }
  return words.map(String);
}

/** The words behind the command, any number of them: paths of captures, or `-`. */
export function captures(flags: Words): string[] {
  return wordsOf(flags, Infinity);
}

/** `--no-instance` is a boolean to yargs, whatever the option's type. */
export function instanceOf(value: unknown): string | false | undefined {
  if (value === false) return false;
  return typeof value === 'string' ? value : undefined;
}
