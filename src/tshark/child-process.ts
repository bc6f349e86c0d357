import type { Readable } from 'node:stream';
import { execa } from 'execa';
import { childEnvironment } from './child-environment.ts';
import { childGuard } from './child-guard.ts';
import { StderrTail } from './stderr-tail.ts';

export interface ChildOptions {
  /** A file descriptor to read, our own standard input, or nothing. */
  readonly stdin?: number | 'inherit' | 'ignore';
  /** A file descriptor to write to; else the output is given as a stream. */
  readonly stdout?: number;
  /** Variables that it gets beside ours. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** How long it has between SIGTERM and SIGKILL, 3 s by default. */
  readonly gracePeriodMs?: number;
  /**
   * In a session of its own, where a Ctrl-C at the terminal does not reach it: we end it ourselves, when what it has
   * still to say has been read. It does not outlive this process, however this process ends.
   */
  readonly apart?: boolean;
}

export interface ChildEnding {
  /** Null where a signal ended it or it never started. */
  readonly exitCode: number | null;
  readonly signal: string | null;
  /** The last lines of standard error. */
  readonly stderr: readonly string[];
  /** Whether {@link Child.stop} was called before it ended. */
  readonly stopped: boolean;
  /** Why it never started: ENOENT, EACCES, … */
  readonly spawnError: string | undefined;
}

/** A subprocess that is running. */
export interface Child {
  readonly pid: number | undefined;
  /** Its standard output; must be read or destroyed. Absent where it goes to a file descriptor. */
  readonly output: Readable | undefined;
  /** Settles when the process has ended and been reaped. Never rejects. */
  readonly ended: Promise<ChildEnding>;
  /** The lines of standard error so far: the first ones and the last. */
  stderr(): readonly string[];
  /**
   * SIGINT, and where that does not help, after a grace period, SIGKILL. The output is left as it is: what the child
   * still writes can be read to its end.
   */
  interrupt(): void;
  /** SIGTERM, after a grace period SIGKILL; resolves when it is gone. May be called any number of times. */
  stop(): Promise<void>;
}

/** execa takes any open file descriptor; its types name those up to 9. */
type Descriptor = 3;

/**
 * Starts a subprocess, without a shell, so that it never outlives this process: it is stopped when this process
 * exits or is ended by a signal that can be caught.
 */
export function startChild(file: string, args: readonly string[], options: ChildOptions = {}): Child {
  const subprocess = execa(file, args, {
    stdin: (options.stdin ?? 'ignore') as Descriptor | 'inherit' | 'ignore',
    stdout: (options.stdout ?? 'pipe') as Descriptor | 'pipe',
    stderr: 'pipe',
    env: { ...childEnvironment(process.env), ...options.env },
    extendEnv: false,
    buffer: false,
    encoding: 'buffer',
    reject: false,
    cleanup: options.apart !== true,
    detached: options.apart === true,
    forceKillAfterDelay: options.gracePeriodMs ?? 3000,
  });
  const stderr = new StderrTail();
  subprocess.stderr.on('data', (bytes: Uint8Array) => {
    stderr.write(bytes);
  });
  const { pid } = subprocess;
  if (options.apart === true && pid !== undefined) {
    childGuard.add(pid);
    subprocess.once('exit', () => {
      childGuard.remove(pid);
    });
  }
  let stopped = false;
  const ended = subprocess.then((result): ChildEnding => ({
    exitCode: result.exitCode ?? null,
    signal: result.signal ?? null,
    stderr: stderr.lines(),
    stopped,
    spawnError:
      result.exitCode === undefined && result.signal === undefined ? (result.code ?? 'unknown') : undefined,
  }));
  const output: Readable | undefined = subprocess.stdout ?? undefined;
  return {
    pid,
    output,
    ended,
    stderr: () => stderr.lines(),
    interrupt: () => {
      stopped = true;
      subprocess.kill('SIGINT');
      const late = setTimeout(() => subprocess.kill('SIGKILL'), options.gracePeriodMs ?? 3000);
      late.unref();
      subprocess.once('exit', () => {
        clearTimeout(late);
      });
    },
    stop: async () => {
      stopped = true;
      output?.destroy();
      // A wrapper can leave a program behind that holds standard error open: its own end is enough.
      const letGo = () => subprocess.stderr.destroy();
      if (subprocess.exitCode !== null || subprocess.signalCode !== null) letGo();
      else subprocess.once('exit', letGo);
      subprocess.kill('SIGTERM');
      await ended;
    },
  };
}
