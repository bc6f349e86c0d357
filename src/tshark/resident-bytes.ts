import { readFileSync } from 'node:fs';

/** The memory that a process holds (VmRSS); null where the system does not tell or the process is gone. */
export function residentBytes(pid: number | 'self'): number | null {
  try {
    const kilobytes = /^VmRSS:\s*(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kilobytes === undefined ? null : Number(kilobytes) * 1024;
  } catch {
    return null;
  }
}
