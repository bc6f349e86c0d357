import { getSystemErrorMap } from 'node:util';
import { RttsharkError } from '../errors.ts';

/**
 * `usage` for a file that cannot be written, with what the system says of it but for the path: that is often of a file
 * beside it, which nobody has named.
 */
export function unwritable(file: string, error: unknown): RttsharkError {
  return new RttsharkError('usage', `The file "${file}" cannot be written.`, { detail: reason(error) });
}

function reason(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { errno, message } = error as NodeJS.ErrnoException;
  const [code, words] = (errno === undefined ? undefined : getSystemErrorMap().get(errno)) ?? [];
  return code === undefined || words === undefined ? message : `${code}: ${words}`;
}
