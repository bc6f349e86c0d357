import { permissionHint, type PermissionAdvice } from './capture-permission.ts';
import { installHint } from './install-hint.ts';
import type { ToolVersion } from './version.ts';

/** What was found out about one thing that rttshark works with. */
export interface Finding {
  /** As in `dumpcap`. */
  readonly name: string;
  /** `ok`; `failed` where what was asked for cannot work; `limited` where only a part of it cannot. */
  readonly state: 'ok' | 'failed' | 'limited';
  /** Version, path, or what is wrong. */
  readonly detail: string;
  /** How to mend it, as a sentence; null where nothing is to be mended. */
  readonly mend: string | null;
}

/** What is known of an installed tool. */
export interface FoundTool {
  readonly path: string;
  /** Whether this user may run it. */
  readonly mayRun: boolean;
  readonly version: ToolVersion | null;
}

/** What a tool that is not needed for everything is needed for. */
export const companionPurposes: Readonly<Record<string, string>> = {
  dumpcap: 'capturing live',
  mergecap: 'joining capture files (--join)',
  capinfos: 'telling files that are no captures',
  tcpdump: 'telling what the kernel drops while a capture runs',
};

/**
 * The finding about one of tshark's companions. Pure.
 *
 * @param advice - why this user may not run it, where that is known
 */
export function companionFinding(
  name: string,
  found: FoundTool | null,
  platform: NodeJS.Platform,
  advice: PermissionAdvice | null = null,
): Finding {
  const purpose = companionPurposes[name] ?? name;
  if (found === null) {
    const mend = name === 'tcpdump' ? tcpdumpHint(platform) : installHint(platform);
    return { name, state: 'limited', detail: `not found; needed for ${purpose}`, mend };
  }
  if (!found.mayRun) {
    return {
      name,
      state: 'limited',
      detail: `${found.path} may not be run by this user; needed for ${purpose}`,
      mend: advice?.hint ?? permissionHint(platform),
    };
  }
  return {
    name,
    state: 'ok',
    detail: `${found.version?.text ?? 'version unknown'}, ${found.path}`,
    mend: null,
  };
}

/**
 * The finding about capturing. Pure.
 *
 * @param interfaces - those that this user can capture on; null for none
 * @param advice - why not, where that is known
 */
export function permissionFinding(
  interfaces: readonly string[] | null,
  platform: NodeJS.Platform,
  dumpcap: string,
  advice: PermissionAdvice | null = null,
): Finding {
  const name = 'capture permission';
  if (interfaces === null || interfaces.length === 0) {
    const setcap = platform === 'linux' ? ` Or "sudo setcap cap_net_raw,cap_net_admin+eip ${dumpcap}".` : '';
    return {
      name,
      state: 'limited',
      detail: `no interface can be captured on by this user; needed for ${companionPurposes['dumpcap'] ?? ''}`,
      mend: advice?.hint ?? permissionHint(platform) + setcap,
    };
  }
  const count = interfaces.length;
  return { name, state: 'ok', detail: `${count} ${count === 1 ? 'interface' : 'interfaces'}`, mend: null };
}

function tcpdumpHint(platform: NodeJS.Platform): string {
  switch (platform) {
    case 'darwin':
      return 'macOS brings tcpdump along: look at PATH for /usr/sbin.';
    case 'win32':
      return 'There is no tcpdump for Windows; rttshark works without it.';
    default:
      return 'Install it: "sudo apt-get install tcpdump", or as your distribution has it.';
  }
}
