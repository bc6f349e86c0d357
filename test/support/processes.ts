import { readdirSync, readFileSync } from 'node:fs';
import { until } from './deadline.ts';

/** What Linux tells of a process. */
export interface ProcessInfo {
  readonly pid: number;
  readonly parent: number;
  /** As in `Z` for one that has ended and that its parent has not asked about. */
  readonly state: string;
  readonly commandLine: string;
  readonly environment: string;
}

/** Undefined where there is no such process. */
export function processInfo(pid: number): ProcessInfo | undefined {
  try {
    const read = (name: string) => readFileSync(`/proc/${pid}/${name}`, 'utf8');
    const stat = read('stat');
    const [state = '', parent = ''] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { pid, parent: Number(parent), state, commandLine: read('cmdline'), environment: read('environ') };
  } catch {
    return undefined;
  }
}

/** The processes that a process started and those that they started. */
export function descendants(pid: number): ProcessInfo[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => processInfo(Number(name)))
    .filter((info) => info !== undefined);
  const found: ProcessInfo[] = [];
  const parents = [pid];
  for (const parent of parents) {
    const children = all.filter((info) => info.parent === parent);
    found.push(...children);
    parents.push(...children.map((child) => child.pid));
  }
  return found;
}

/** Waits until a process has ended, and fails where it does not. One whose parent is gone may be left for init to reap. */
export async function gone(pid: number): Promise<void> {
  await until(`process ${pid} had ended`, () => {
    const info = processInfo(pid);
    return info === undefined || (info.state === 'Z' && info.parent <= 1) ? true : undefined;
  });
}

/** Whether a process has ended by now. */
export function isGone(pid: number): boolean {
  const info = processInfo(pid);
  return info === undefined || info.state === 'Z';
}
