import type { ByteOutput } from './byte-output.ts';
import type { CommandContext } from './command-context.ts';
import { openWhole } from './whole-file.ts';

/**
 * A file that will be whole or not at all, or standard output.
 *
 * @throws RttsharkError `usage` for a file that cannot be written
 */
export async function openOutput(
  file: string | undefined,
  { console }: Pick<CommandContext, 'console'>,
): Promise<ByteOutput> {
  if (file !== undefined) return await openWhole(file);
  return {
    write: async (bytes) => {
      await console.resultBytes(bytes);
    },
    get isClosed() {
      return console.outputClosed;
    },
    finish: () => Promise.resolve(),
    discard: () => Promise.resolve(),
  };
}
