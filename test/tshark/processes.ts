import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** Path of one of the programs that misbehave; see fixtures/bin/README.md. */
export function fakeTool(name: string): string {
  return fileURLToPath(new URL(`../../fixtures/bin/${name}`, import.meta.url));
}

/** Whether a process is there; one that has ended and waits to be reaped is there, too. */
export function isThere(pid: number): boolean {
  return statusOf(pid) !== null;
}

/** The processes that this one has started and not reaped. */
export function ownChildren(): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => statusOf(pid)?.parent === process.pid);
}

/** Waits until something holds, and fails with its name where it does not come to that. */
export async function until(what: string, holds: () => boolean): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error(`Waited in vain: ${what}.`);
    await pause(2);
  }
}

function statusOf(pid: number): { parent: number } | null {
  try {
    // "pid (name) state ppid": the name can hold anything, brackets included.
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return { parent: Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) };
  } catch {
    return null;
  }
}
