import { RttsharkError } from '../../errors.ts';
import { nearestNames } from '../../nearest.ts';
import type { CommandContext, CommandEnd } from '../command-context.ts';
import { checkConfig } from '../config-check.ts';
import { showConfig } from '../config-show.ts';
import { configVerbs } from '../config-verbs.ts';

export interface ConfigFlags {
  /** `check` or `show`, and what stands behind it. */
  readonly words: readonly string[];
  readonly format: 'table' | 'yaml' | 'json';
}

/** `rttshark config`: whether the configuration is right, and what is set where. */
export async function configCommand(
  { words, format }: ConfigFlags,
  context: CommandContext,
): Promise<CommandEnd> {
  const [verb = '', subject, ...others] = words;
  if (verb === 'check') {
    if (others[0] !== undefined) throw tooMany(others[0]);
    return await checkConfig(subject, context);
  }
  if (verb === 'show') return await showConfig({ command: subject, words: others, format }, context);
  const near = nearestNames(verb, configVerbs, 1).map((name) => `Did you mean "rttshark config ${name}"? `);
  throw new RttsharkError('usage', `"${verb}" is nothing that "rttshark config" does.`, {
    hint: `${near.join('')}Write "rttshark config check" or "rttshark config show".`,
  });
}

function tooMany(word: string): RttsharkError {
  return new RttsharkError('usage', `"${word}" is one word too many.`, {
    hint: 'See "rttshark config --help".',
  });
}
