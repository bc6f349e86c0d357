import { spawn } from 'node:child_process';
import { childEnvironment } from '../tshark/child-environment.ts';

/** Waits for the end of its standard input, which the end of this process makes, however it ends. */
const script = 'read -r _; rm -f -- "$0"';

export interface Removal {
  /** The file has another name, or is gone. */
  done(): void;
}

/**
 * Sees to it that an unfinished file is not left behind, not even where this process is ended by SIGKILL: a small shell
 * waits for that. Windows has none, and there nothing is done.
 */
export function removedUnlessRenamed(file: string): Removal {
  if (process.platform === 'win32') return { done: () => undefined };
  // In a session of its own, so that a Ctrl-C at the terminal does not reach it.
  const shell = spawn('/bin/sh', ['-c', script, file], {
    stdio: ['pipe', 'ignore', 'ignore'],
    env: childEnvironment(process.env),
    detached: true,
  });
  shell.unref();
  shell.on('error', () => undefined);
  shell.stdin.on('error', () => undefined);
  return { done: () => void shell.stdin.end() };
}
