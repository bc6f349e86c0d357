import { spawn, type ChildProcess } from 'node:child_process';
import { childEnvironment } from './child-environment.ts';

/**
 * Reads lines "+ PID" and "- PID" and, when they end, kills every process that was added and not taken away. They end
 * when this process does, however it does: the system closes the pipe.
 */
const script = `
kept=" "
while read -r sign pid; do
  case $sign in
    +) kept="$kept$pid " ;;
    -) kept="\${kept%% $pid *} \${kept#* $pid }" ;;
  esac
done
for pid in $kept; do kill -s KILL "$pid"; done
`;

/**
 * Sees to it that no child outlives this process, not even one that was ended by SIGKILL while the child waits for
 * packets that do not come: a capturing program only finds out that nobody reads when it has something to write.
 * The kernel's own way (PR_SET_PDEATHSIG) does not hold for programs with capabilities.
 *
 * A small shell does it, started with the first child that is added; Windows has none, and there nothing is done.
 */
export class ChildGuard {
  #shell: ChildProcess | undefined;
  readonly #pids = new Set<number>();
  readonly #killAll = () => {
    for (const pid of this.#pids) kill(pid);
  };

  add(pid: number): void {
    // An exit of our own accord does not have to wait for the shell.
    if (this.#pids.size === 0) process.on('exit', this.#killAll);
    this.#pids.add(pid);
    if (this.#shell === undefined) this.#start();
    else this.#tell(`+ ${pid}`);
  }

  /** To be called when a child has been reaped: its number can soon be another's. */
  remove(pid: number): void {
    if (!this.#pids.delete(pid)) return;
    if (this.#pids.size > 0) this.#tell(`- ${pid}`);
    else {
      process.off('exit', this.#killAll);
      this.#shell?.stdin?.end(`- ${pid}\n`);
      this.#shell = undefined;
    }
  }

  #start(): void {
    if (process.platform === 'win32') return;
    // In a session of its own, so that a Ctrl-C at the terminal does not reach it.
    const shell = spawn('/bin/sh', ['-c', script], {
      stdio: ['pipe', 'ignore', 'ignore'],
      env: childEnvironment(process.env),
      detached: true,
    });
    this.#shell = shell;
    shell.unref();
    shell.on('error', () => undefined);
    shell.stdin.on('error', () => undefined);
    // Somebody may end the guard itself.
    shell.once('exit', () => {
      if (this.#shell !== shell) return;
      this.#shell = undefined;
      if (this.#pids.size > 0) this.#start();
    });
    for (const pid of this.#pids) this.#tell(`+ ${pid}`);
  }

  #tell(line: string): void {
    this.#shell?.stdin?.write(`${line}\n`);
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

/** The guard of this process. */
export const childGuard = new ChildGuard();
