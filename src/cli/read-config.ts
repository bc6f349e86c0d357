import { closeSync, openSync, readSync } from 'node:fs';
import { parseConfigFile, type ConfigFile } from '../config/config-file.ts';
import { RttsharkError } from '../errors.ts';
import type { FoundConfig } from './find-config.ts';
import { knownOptions } from './known-options.ts';

/** More than anyone writes by hand. */
const mostBytes = 1024 * 1024;

/**
 * Reads a configuration file; what is wrong in it stands in its `mistakes`.
 *
 * @throws RttsharkError `usage` where it cannot be read, or is too large
 */
export function readConfig({ path, trusted }: FoundConfig): ConfigFile {
  return parseConfigFile({ path, trusted, text: readText(path) }, knownOptions);
}

function readText(path: string): string {
  let file: number | undefined;
  try {
    file = openSync(path, 'r');
    // A pipe has no size to look at beforehand.
    const bytes = Buffer.alloc(mostBytes + 1);
    let length = 0;
    for (let read = -1; read !== 0 && length < bytes.length; length += read) {
      read = readSync(file, bytes, length, bytes.length - length, null);
    }
    if (length > mostBytes) throw new Error(`It is larger than ${mostBytes} bytes.`);
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, length));
  } catch (error) {
    throw new RttsharkError('usage', `The configuration file "${path}" cannot be read.`, {
      detail: error instanceof Error ? error.message : undefined,
      hint: 'Name another one with --config, or none with --no-config.',
    });
  } finally {
    if (file !== undefined) closeSync(file);
  }
}
