import yargs, { type Options } from 'yargs';
import { isOptionValue, type OptionValue } from '../config/setting.ts';
import { RttsharkError } from '../errors.ts';
import { withoutGluedOptions } from './glued-options.ts';
import { refuseOddValues } from './option-values.ts';
import { optionsOf } from './options/options-of.ts';
import { usageError } from './unknown-words.ts';

/**
 * The options that the words behind a command's name give, by name; not those that they leave out.
 *
 * @throws RttsharkError `usage` for what is no option of the command, and for a value that it does not take
 */
export function givenOptions(command: string, words: readonly string[]): ReadonlyMap<string, OptionValue> {
  const table = optionsOf[command] ?? {};
  const argv = withoutGluedOptions(words);
  const plain = Object.entries(table).map(([name, option]): [string, Options] => {
    const kept = Object.entries(option).filter(([key]) => key !== 'default' && key !== 'demandOption');
    return [name, Object.fromEntries(kept)];
  });
  const parser = yargs([])
    .help(false)
    .version(false)
    .parserConfiguration({ 'dot-notation': false, 'parse-numbers': false, 'parse-positional-numbers': false })
    .options(Object.fromEntries(plain))
    .strictOptions()
    .exitProcess(false)
    .fail((message, error) => {
      if ((error as Error | undefined) !== undefined && error.name !== 'YError') throw error;
      throw usageError(message, { command, options: Object.keys(table) });
    });
  const flags = parser.parseSync([...argv]) as Readonly<Record<string, unknown>>;
  refuseOddValues({ flags, argv, options: table });
  const given = new Map<string, OptionValue>();
  for (const name of Object.keys(table)) {
    const value = flags[name];
    if (isOptionValue(value)) given.set(name, value);
    else if (value !== undefined) throw new RttsharkError('usage', `"--${name}" has no value.`);
  }
  return given;
}
