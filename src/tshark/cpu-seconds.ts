import { readFileSync } from 'node:fs';

/** What the kernel counts processor time in, whatever its own timer does. */
const ticksPerSecond = 100;

/** The processor time that a process has taken since its start; null where the system does not tell or it is gone. */
export function cpuSeconds(pid: number): number | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The program's name, in brackets, may hold anything.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const seconds = (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
    return Number.isFinite(seconds) ? seconds : null;
  } catch {
    return null;
  }
}
