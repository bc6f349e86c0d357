import { accessSync, constants, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { RttsharkError } from '../errors.ts';
import { installHint } from './install-hint.ts';
import { findInstalled, toolVariable, type Surroundings } from './installed-paths.ts';
import { runTool } from './run-tool.ts';
import { rememberFor } from './tool-cache.ts';
import { isAtLeast, oldestSupported, parseToolVersion, type ToolVersion } from './version.ts';

/** A tshark that can be used. */
export interface Tshark {
  readonly path: string;
  readonly version: ToolVersion;
}

/** This machine, as finding programs sees it. */
export const here: Surroundings = { platform: process.platform, env: process.env, isExecutable };

/**
 * Finds tshark and reads its version.
 *
 * @param path - where the user says it is; else the environment variable RTTSHARK_TSHARK, PATH, and the places
 *   where Wireshark's installers put it are looked at, in this order
 * @throws RttsharkError `tshark_not_found`, `tshark_too_old`
 */
export async function findTshark(path?: string): Promise<Tshark> {
  const named = path ?? nonEmpty(process.env[toolVariable('tshark')]);
  const found = named === undefined ? findInstalled('tshark', here) : locate(named);
  if (found === null) {
    throw new RttsharkError('tshark_not_found', 'tshark was not found.', {
      hint: installHint(here.platform),
    });
  }
  if (named !== undefined && !isExecutable(found)) {
    const why = exists(found) ? 'cannot be run' : 'does not exist';
    throw new RttsharkError('tshark_not_found', `tshark was not found: "${named}" ${why}.`, {
      hint: `Correct --tshark or ${toolVariable('tshark')}, or leave both away to have it looked for.`,
    });
  }
  const output = await rememberFor(
    found,
    'version',
    async () => (await runTool(found, ['--version'])).stdout,
    (text) => parseToolVersion(text) !== null,
  );
  const version = parseToolVersion(output);
  if (version === null || !/^tshark/i.test(output)) {
    throw new RttsharkError('tshark_not_found', `"${found}" is not tshark: it tells no version.`, {
      detail: output.split('\n', 1)[0],
    });
  }
  if (!isAtLeast(version, oldestSupported)) {
    throw new RttsharkError(
      'tshark_too_old',
      `tshark ${version.text} at "${found}" is too old: ${oldestSupported} or newer is needed.`,
      { hint: `${installHint(here.platform)} Or name a newer one with --tshark.` },
    );
  }
  return { path: found, version };
}

/**
 * Finds one of the tools that come with tshark or work beside it: dumpcap, mergecap, capinfos, tcpdump.
 *
 * @param beside - path of a tool whose folder is looked at first
 * @returns its path, or null
 */
export function findCompanion(tool: string, beside?: string): string | null {
  const named = nonEmpty(process.env[toolVariable(tool)]);
  return named === undefined ? findInstalled(tool, here, beside) : locate(named);
}

/** Where a tool is that the user names: a name alone is looked for as a shell does, all else is a path. */
function locate(named: string): string {
  const isName = !/[\\/]/.test(named);
  return (isName ? findInstalled(named.replace(/\.exe$/i, ''), here) : null) ?? resolve(named);
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}

function exists(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}

function isExecutable(path: string): boolean {
  try {
    if (!statSync(path).isFile()) return false;
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
