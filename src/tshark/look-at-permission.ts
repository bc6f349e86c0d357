import { readFileSync, statSync } from 'node:fs';
import { userInfo } from 'node:os';
import {
  permissionAdvice,
  permissionHint,
  type PermissionAdvice,
  type PermissionFacts,
} from './capture-permission.ts';
import { runTool } from './run-tool.ts';

/**
 * Why this user may not capture with this dumpcap, and how to mend it. To be asked after it was refused.
 *
 * @param dumpcap - its path
 */
export async function adviseOnPermission(dumpcap: string): Promise<PermissionAdvice> {
  try {
    return permissionAdvice(await lookAtPermission(dumpcap));
  } catch {
    return { why: 'This user may not capture.', hint: permissionHint(process.platform) };
  }
}

/** @throws Error where dumpcap cannot be looked at */
async function lookAtPermission(dumpcap: string): Promise<PermissionFacts> {
  const { mode, uid, gid } = statSync(dumpcap);
  const group = await groupOf(gid);
  const name = userName();
  return {
    platform: process.platform,
    dumpcap,
    mode: mode & 0o7777,
    ownerUid: uid,
    group: { gid, name: group?.name ?? null },
    capabilities: await capabilitiesOf(dumpcap),
    user: {
      uid: process.geteuid?.() ?? -1,
      name,
      gids: [...(process.getgroups?.() ?? []), process.getegid?.() ?? -1],
      inGroup: name !== null && group?.members.includes(name) === true,
    },
  };
}

interface Group {
  readonly name: string;
  readonly members: readonly string[];
}

/** From /etc/group; what is not there (LDAP, …) is asked of the system. */
async function groupOf(gid: number): Promise<Group | null> {
  return (
    findGroup(readGroups(), gid) ??
    findGroup((await runTool('getent', ['group', gid.toString()])).stdout, gid)
  );
}

function readGroups(): string {
  try {
    return readFileSync('/etc/group', 'utf8');
  } catch {
    return '';
  }
}

function findGroup(text: string, gid: number): Group | null {
  for (const line of text.split('\n')) {
    const [name = '', , number, members = ''] = line.split(':');
    if (number === gid.toString()) return { name, members: members.split(',') };
  }
  return null;
}

function userName(): string | null {
  try {
    return userInfo().username;
  } catch {
    return null;
  }
}

/** getcap prints the file's name, then its capabilities, or nothing at all. It may stand where PATH does not look. */
async function capabilitiesOf(file: string): Promise<boolean | null> {
  for (const getcap of ['getcap', '/usr/sbin/getcap', '/sbin/getcap']) {
    const { exitCode, stdout, stderr } = await runTool(getcap, [file]);
    if (exitCode === 0 && stderr === '') return stdout.slice(file.length).includes('cap_net_raw');
  }
  return null;
}
