import type { Options } from 'yargs';

const asking = /^(?:-[^-]*h|--(?:h|help|no-h|no-help|get-yargs-completions)(?:=|$))/;

/**
 * Whether these words may ask what there is to say: `--help`, an `h` in a cluster of letters, or a shell that completes
 * them. Some do not that look like it.
 *
 * @param argv - the words after the program's name
 */
export function mayAskForHelp(argv: readonly string[]): boolean {
  return argv.some((word) => asking.test(word));
}

/** Whether these words surely ask for it, so that nothing else about them matters. */
export function asksForHelp(argv: readonly string[]): boolean {
  const end = argv.indexOf('--');
  const words = end === -1 ? argv : argv.slice(0, end);
  return words.some((word) => ['--help', '-h', '--get-yargs-completions'].includes(word));
}

/**
 * The same options, left out of the help text. yargs sets that text whenever a command runs, asked for or not, and with
 * some dozen options this takes longer than all else that it does.
 */
export function leftOutOfHelp<T extends Readonly<Record<string, Options>>>(options: T): T {
  return Object.fromEntries(
    Object.entries(options).map(([name, option]) => [name, { ...option, hidden: true }]),
  ) as T;
}
