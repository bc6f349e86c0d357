import { accessSync, closeSync, constants, openSync, readSync, statSync, type Stats } from 'node:fs';
import { RttsharkError } from '../errors.ts';

/** What stands behind a path that was given as a capture. */
export interface InputFile {
  readonly kind: 'file' | 'pipe';
  /** Bytes of a file; unknown for a pipe. */
  readonly size: number | undefined;
  /** The first bytes of a file: 64 at most. */
  readonly start: Uint8Array;
}

/**
 * Looks at an input before tshark does, for what tshark would not say or say less clearly.
 *
 * @throws RttsharkError `input_unreadable`: it does not exist, is a folder, is empty, or may not be read
 */
export function inspectInput(path: string): InputFile {
  const stats = look(path);
  if (stats === undefined) throw unreadable(path, 'does not exist');
  if (stats.isDirectory()) throw unreadable(path, 'is a folder', 'Name the capture files in it.');
  try {
    accessSync(path, constants.R_OK);
  } catch {
    throw unreadable(path, 'may not be read', 'Look at its permissions with "ls -l".');
  }
  if (!stats.isFile()) return { kind: 'pipe', size: undefined, start: new Uint8Array() };
  if (stats.size === 0) throw unreadable(path, 'is empty');
  return { kind: 'file', size: stats.size, start: firstBytes(path) };
}

function look(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    throw unreadable(path, reasons[code] ?? `cannot be looked at (${code})`, undefined, String(error));
  }
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'lies in a folder that may not be searched',
  ELOOP: 'is a link that leads back to itself',
  ENAMETOOLONG: 'has a name that is too long',
  ENOTDIR: 'does not exist',
};

/** An error about one input. */
export function unreadable(path: string, why: string, hint?: string, detail?: string): RttsharkError {
  const name = path === '-' ? 'Standard input' : `The input "${path}"`;
  return new RttsharkError('input_unreadable', `${name} ${why}.`, { hint, detail });
}

function firstBytes(path: string): Uint8Array {
  const bytes = new Uint8Array(64);
  const file = openSync(path, 'r');
  try {
    return bytes.subarray(0, readSync(file, bytes, 0, bytes.length, 0));
  } finally {
    closeSync(file);
  }
}
