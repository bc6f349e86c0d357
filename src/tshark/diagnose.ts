import { statSync } from 'node:fs';
import { RttsharkError } from '../errors.ts';
import {
  companionFinding,
  companionPurposes,
  permissionFinding,
  type Finding,
  type FoundTool,
} from './diagnosis.ts';
import { findCompanion, findTshark, here } from './find-tools.ts';
import { findInstalled } from './installed-paths.ts';
import { adviseOnPermission } from './look-at-permission.ts';
import { runTool } from './run-tool.ts';
import { parseToolVersion } from './version.ts';

/** Everything that was found out about this machine. */
export interface Diagnosis {
  readonly findings: readonly Finding[];
  /** Why rttshark cannot work at all; null where it can. */
  readonly error: RttsharkError | null;
}

/**
 * Looks for tshark and the tools beside it, and whether this user may capture.
 *
 * @param tsharkPath - where the user says tshark is
 */
export async function diagnose(tsharkPath?: string): Promise<Diagnosis> {
  const { finding, error, path } = await tsharkFinding(tsharkPath);
  const companions = await Promise.all(
    Object.keys(companionPurposes).map(async (name) => ({ name, found: await lookFor(name, path) })),
  );
  const dumpcap = companions.find(({ name }) => name === 'dumpcap')?.found ?? null;
  const locked = dumpcap?.mayRun === false ? await adviseOnPermission(dumpcap.path) : null;
  return {
    findings: [
      finding,
      ...companions.map(({ name, found }) =>
        companionFinding(name, found, here.platform, name === 'dumpcap' ? locked : null),
      ),
      ...(dumpcap?.mayRun === true ? [await capturing(dumpcap.path)] : []),
    ],
    error,
  };
}

async function tsharkFinding(
  named?: string,
): Promise<{ finding: Finding; error: RttsharkError | null; path?: string }> {
  try {
    const { version, path } = await findTshark(named);
    return {
      finding: { name: 'tshark', state: 'ok', detail: `${version.text}, ${path}`, mend: null },
      error: null,
      path,
    };
  } catch (error) {
    if (!(error instanceof RttsharkError)) throw error;
    return {
      finding: { name: 'tshark', state: 'failed', detail: error.message, mend: error.hint ?? null },
      error,
    };
  }
}

async function lookFor(name: string, beside?: string): Promise<FoundTool | null> {
  const runnable = findCompanion(name, beside);
  if (runnable !== null) {
    const { stdout, stderr } = await runTool(runnable, ['--version']);
    return { path: runnable, mayRun: true, version: parseToolVersion(stdout) ?? parseToolVersion(stderr) };
  }
  const path = findInstalled(name, { ...here, isExecutable: isFile }, beside);
  return path === null ? null : { path, mayRun: false, version: null };
}

async function capturing(dumpcap: string): Promise<Finding> {
  const listed = await runTool(dumpcap, ['-D']);
  const interfaces = listed.stdout.split('\n').flatMap((line) => /^\d+\. (\S+)/.exec(line)?.[1] ?? []);
  const [first] = interfaces;
  // Listing needs no permission; asking an interface for its link types opens it.
  const opened = first === undefined ? null : await runTool(dumpcap, ['-i', first, '-L']);
  if (opened?.exitCode === 0) return permissionFinding(interfaces, here.platform, dumpcap);
  return permissionFinding(null, here.platform, dumpcap, await adviseOnPermission(dumpcap));
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}
