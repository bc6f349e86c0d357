import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, copyFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';

/** A group that every Debian has and "nobody" is not in. */
export const someGroup = {
  name: 'mail',
  gid: Number(/^mail:[^:]*:(\d+)/m.exec(execFileSync('getent', ['group', 'mail']).toString())?.[1]),
};

export interface DumpcapCopy {
  /** As in 0o750. */
  readonly mode: number;
  /** Root's by default. */
  readonly gid?: number;
  readonly capabilities: boolean;
}

/**
 * A copy of dumpcap of root and a group, in a place that everybody can see: how the installed one may be run depends on
 * what was answered when it was installed.
 *
 * @param file - its path, in a folder that is made; needs root
 */
export function copyDumpcap(file: string, { mode, gid = 0, capabilities }: DumpcapCopy): string {
  const folder = path.dirname(file);
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o755);
  copyFileSync('/usr/bin/dumpcap', file);
  chownSync(file, 0, gid);
  chmodSync(file, mode);
  if (capabilities) execFileSync('/usr/sbin/setcap', ['cap_net_raw,cap_net_admin=eip', file]);
  return file;
}
