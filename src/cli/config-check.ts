import { misspelledVariables } from '../config/variables.ts';
import type { CommandContext, CommandEnd } from './command-context.ts';
import { Configuration } from './configuration.ts';
import { userConfigFile, configFileName } from './find-config.ts';
import { knownOptions } from './known-options.ts';
import { otherVariables } from './other-variables.ts';
import { wrongValues } from './wrong-values.ts';

/** `rttshark config check`: lists all that is wrong with the file and the variables. */
export async function checkConfig(
  file: string | undefined,
  { console, configuration }: CommandContext,
): Promise<CommandEnd> {
  const checked =
    file === undefined ? configuration : await Configuration.load(['--config', file], process.env);
  const { mistakes } = checked.places();
  // What cannot be read at all says nothing of values.
  const errors = mistakes.length > 0 ? mistakes : wrongValues(checked);
  for (const error of errors) console.error(error);
  for (const [wrong, right] of misspelledVariables(process.env, knownOptions, otherVariables)) {
    console.note(`The variable ${wrong} means nothing. Did you mean ${right}?`);
  }
  if (errors.length > 0) return errors;
  await console.result(`${summary(checked)}\n`);
  return [];
}

function summary({ found, file }: Configuration): string {
  if (found === undefined || file === undefined) {
    const own = userConfigFile(process.platform, process.env);
    return `There is no configuration file: neither "${configFileName}" nor "${own}".`;
  }
  const options = [file.common, ...file.sections.values()].reduce((sum, { size }) => sum + size, 0);
  const { length } = file.measurements;
  const declared = length === 0 ? '' : ` and declares ${counted(length, 'measurement')}`;
  return `"${found.path}" is right. It sets ${counted(options, 'option')}${declared}.`;
}

function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}
