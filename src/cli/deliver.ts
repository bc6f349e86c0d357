import { RttsharkError } from '../errors.ts';
import type { CommandContext } from './command-context.ts';

/**
 * Sends metrics somewhere, and says what came of it.
 *
 * @param send - gives what is to be said of its success
 * @param interruption - what can end it early, and is then the failure
 * @returns the failure, which has been reported
 */
export async function deliver(
  send: () => Promise<string>,
  { console, interruption }: Pick<CommandContext, 'console'> & Partial<CommandContext>,
): Promise<RttsharkError | undefined> {
  try {
    console.note(await send());
    return undefined;
  } catch (error) {
    if (!(error instanceof RttsharkError)) throw error;
    const failure = interruption?.error ?? error;
    console.error(failure);
    return failure;
  }
}
