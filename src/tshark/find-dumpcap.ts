import { statSync } from 'node:fs';
import { RttsharkError } from '../errors.ts';
import { findCompanion, here } from './find-tools.ts';
import { installHint } from './install-hint.ts';
import { findInstalled } from './installed-paths.ts';
import { adviseOnPermission } from './look-at-permission.ts';

/**
 * The dumpcap that captures.
 *
 * @param beside - path of the tshark that is used; dumpcap is looked for in its folder first
 * @throws RttsharkError `capture_failed` where there is none, or where this user may not run it
 */
export async function requireDumpcap(beside?: string): Promise<string> {
  const found = findCompanion('dumpcap', beside);
  const isRunnable = found !== null && here.isExecutable(found);
  if (isRunnable) return found;
  const present = found ?? findInstalled('dumpcap', { ...here, isExecutable: isFile }, beside);
  if (present === null || !isFile(present)) {
    throw new RttsharkError('capture_failed', 'dumpcap, which captures, was not found.', {
      hint: installHint(here.platform),
    });
  }
  const { why, hint } = await adviseOnPermission(present);
  throw new RttsharkError('capture_failed', `This user may not capture. ${why}`, { hint });
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}
