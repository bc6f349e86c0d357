import { RttsharkError } from '../errors.ts';
import type { CaptureInput } from './capture-request.ts';

/**
 * What is read one by one of the captures that were named: each of them, or all as one where they are joined.
 *
 * @param inputs - paths, and `-` for standard input
 * @throws RttsharkError `usage` where there are none, and for standard input where it cannot be read so
 */
export function captureInputs(inputs: readonly string[], join: boolean): readonly CaptureInput[] {
  if (inputs.length === 0)
    throw new RttsharkError('usage', 'No capture was named.', {
      hint: 'Name capture files, or "-" for standard input.',
    });
  if (inputs.filter((input) => input === '-').length > 1) {
    throw new RttsharkError('usage', 'Standard input ("-") can be read only once.');
  }
  if (join && inputs.includes('-')) {
    throw new RttsharkError('usage', 'Standard input ("-") cannot be joined with files.');
  }
  return join ? [{ join: inputs }] : inputs;
}
