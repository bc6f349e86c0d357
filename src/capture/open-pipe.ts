import { fstatSync, statSync } from 'node:fs';
import { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { asStandardInput, openDescriptor, openWithoutWaiting } from './standard-input.ts';

/**
 * What comes through the pipe that a path names, or `-`; null where it is no pipe.
 *
 * @throws RttsharkError `input_unreadable` where it cannot be opened; system errors for a path that cannot be looked at
 */
export function openPipe(path: string): Readable | null {
  if (asStandardInput(path) === '-') {
    const stats = fstatSync(0);
    return stats.isFIFO() || stats.isSocket() ? process.stdin : null;
  }
  if (statSync(path, { throwIfNoEntry: false })?.isFIFO() !== true) return null;
  return new Socket({
    fd: openDescriptor(path) ?? openWithoutWaiting(path),
    readable: true,
    writable: false,
  });
}
