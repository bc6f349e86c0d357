import { statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Environment } from '../config/variables.ts';

/** The name of a configuration file that is found without being named. */
export const configFileName = 'rttshark.yaml';

/** A configuration file that is to be read. */
export interface FoundConfig {
  readonly path: string;
  /** False where it was come across in the working folder: somebody else can have put it there. */
  readonly trusted: boolean;
}

/** The user's own configuration file, whether it is there or not. */
export function userConfigFile(platform: NodeJS.Platform, env: Environment): string {
  if (platform === 'win32') {
    return join(env['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), 'rttshark', configFileName);
  }
  const base = env['XDG_CONFIG_HOME'];
  return join(base?.startsWith('/') === true ? base : join(homedir(), '.config'), 'rttshark', configFileName);
}

/**
 * The configuration file: the one that the command line names, else the variable RTTSHARK_CONFIG; else the one in the
 * working folder, else the user's own. One is used, never two.
 *
 * @param named - on the command line; false for none at all
 */
export function findConfig(named: string | false | undefined, env: Environment): FoundConfig | undefined {
  const variable = env['RTTSHARK_CONFIG'];
  if (named === false || (named === undefined && variable === 'false')) return undefined;
  const path = named ?? (variable === '' ? undefined : variable);
  if (path !== undefined) return { path, trusted: true };
  if (isFile(configFileName)) return { path: configFileName, trusted: false };
  const own = userConfigFile(process.platform, env);
  return isFile(own) ? { path: own, trusted: true } : undefined;
}

/** What the words of a command line say of the configuration file: its path, false for none, or nothing. */
export function configWord(argv: readonly string[]): string | false | undefined {
  const end = argv.indexOf('--');
  const words = end === -1 ? argv : argv.slice(0, end);
  for (const [at, word] of words.entries()) {
    if (word === '--no-config') return false;
    if (word.startsWith('--config=')) return word.slice('--config='.length);
    if (word === '--config') return words[at + 1];
  }
  return undefined;
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}
