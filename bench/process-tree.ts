import { readFileSync, readdirSync } from 'node:fs';

/** One process at one moment. */
export interface ProcessLook {
  readonly pid: number;
  readonly parent: number;
  readonly name: string;
  /** Of all its threads. */
  readonly cpuSeconds: number;
}

/** Processes, and all that they have started, and theirs. */
export function processTree(roots: readonly number[]): ProcessLook[] {
  const all = readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? (look(Number(name)) ?? []) : []));
  const within = new Set(roots);
  // A child's number can be lower than its parent's, once numbers have begun again.
  for (let size = 0; size < within.size;) {
    size = within.size;
    for (const { pid, parent } of all) if (within.has(parent)) within.add(pid);
  }
  return all.filter(({ pid }) => within.has(pid));
}

/** The most memory that a process has held so far, and what it holds, in bytes; null where it is gone. */
export function residentBytes(pid: number): { readonly peak: number; readonly now: number } | null {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const kibibytes = (line: RegExp) => Number(line.exec(status)?.[1] ?? 0);
    return { peak: kibibytes(/^VmHWM:\s*(\d+)/m) * 1024, now: kibibytes(/^VmRSS:\s*(\d+)/m) * 1024 };
  } catch {
    return null;
  }
}

/** Null where it has ended meanwhile. */
function look(pid: number): ProcessLook | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const close = stat.lastIndexOf(')');
    const fields = stat.slice(close + 2).split(' ');
    return {
      pid,
      parent: Number(fields[1]),
      name: stat.slice(stat.indexOf('(') + 1, close),
      // In ticks, of which Linux tells programs that there are a hundred in a second.
      cpuSeconds: (Number(fields[11]) + Number(fields[12])) / 100,
    };
  } catch {
    return null;
  }
}
