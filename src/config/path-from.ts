import { homedir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import type { OptionValue } from './setting.ts';

/**
 * A path that a configuration file gives: relative ones begin at the file's own folder, `~/` is the user's home, as no
 * shell is there to know it. The name of a program without a folder stays as it is.
 */
export function pathFrom(file: string, value: OptionValue, kind: 'file' | 'program'): OptionValue {
  if (typeof value !== 'string' || value === '' || isAbsolute(value)) return value;
  if (kind === 'program' && !/[\\/]/.test(value)) return value;
  if (/^~[\\/]/.test(value)) return join(homedir(), value.slice(2));
  const folder = dirname(file);
  return folder === '.' ? value : join(folder, value);
}
