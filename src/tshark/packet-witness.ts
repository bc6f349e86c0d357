import { openSync, closeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { execa } from 'execa';
import { parseTcpdumpCounts } from './capture-counts.ts';
import { childEnvironment } from './child-environment.ts';
import { childGuard } from './child-guard.ts';
import type { WitnessedCount } from './drop-estimate.ts';

/** Something that has the kernel count packets, and tells how many there were. */
export interface PacketWitness {
  /** Asks for the packets so far; null where it cannot be told, for good. */
  received(): Promise<WitnessedCount | null>;
  stop(): Promise<void>;
}

/**
 * Has the kernel count an interface's packets by a tcpdump that is kept stopped (SIGSTOP): it reads nothing, its small
 * buffer is full at once, and from then on the kernel counts only. To be asked it is let go on for a moment: it then tells
 * its counts, dropped packets included.
 *
 * @returns null where this tcpdump may not capture here
 */
export async function startPacketWitness(
  tcpdump: string,
  args: readonly string[],
): Promise<PacketWitness | null> {
  const nowhere = openSync('/dev/null', 'w');
  const subprocess = execa(tcpdump, args, {
    stdin: 'ignore',
    stdout: nowhere as 3,
    stderr: 'pipe',
    env: { ...childEnvironment(process.env), LC_ALL: 'C' },
    extendEnv: false,
    buffer: false,
    reject: false,
    cleanup: false,
    detached: true,
  });
  closeSync(nowhere);
  const { pid } = subprocess;
  const kill = () => subprocess.kill('SIGKILL');
  process.once('exit', kill);
  if (pid !== undefined) childGuard.add(pid);
  const lines = new LineWaiter();
  createInterface({ input: subprocess.stderr }).on('line', (line) => {
    lines.add(line);
  });
  const ended = subprocess.then(() => {
    process.off('exit', kill);
    if (pid !== undefined) childGuard.remove(pid);
    lines.end();
  });
  const stop = async () => {
    kill();
    await ended;
  };
  const begun = await lines.next((line) => line.includes('listening on '));
  if (begun === null) {
    await stop();
    return null;
  }
  subprocess.kill('SIGSTOP');
  let received = 0;
  let lastRaw = 0;
  return {
    received: async () => {
      const answer = lines.next((line) => parseTcpdumpCounts([line]) !== null);
      const fromSeconds = Date.now() / 1000;
      subprocess.kill('SIGUSR1');
      subprocess.kill('SIGCONT');
      const line = await answer;
      const toSeconds = Date.now() / 1000;
      subprocess.kill('SIGSTOP');
      const counts = line === null ? null : parseTcpdumpCounts([line]);
      if (counts === null) return null;
      // It counts in 32 bits.
      received += (counts.received - lastRaw) >>> 0;
      lastRaw = counts.received;
      return { received, fromSeconds, toSeconds };
    },
    stop,
  };
}

const longestWaitMs = 5000;

/** Gives the next line that is of a kind to whoever waits for it. */
class LineWaiter {
  #wanted: ((line: string) => boolean) | undefined;
  #resolve: ((line: string | null) => void) | undefined;
  #over = false;

  add(line: string): void {
    if (this.#wanted?.(line) === true) this.#give(line);
  }

  end(): void {
    this.#over = true;
    this.#give(null);
  }

  /** Null where it ends before, or takes longer than anything that works does. */
  async next(wanted: (line: string) => boolean): Promise<string | null> {
    if (this.#over) return null;
    const timer = setTimeout(() => {
      this.#give(null);
    }, longestWaitMs);
    const line = await new Promise<string | null>((resolve) => {
      this.#wanted = wanted;
      this.#resolve = resolve;
    });
    clearTimeout(timer);
    return line;
  }

  #give(line: string | null): void {
    const resolve = this.#resolve;
    this.#wanted = this.#resolve = undefined;
    resolve?.(line);
  }
}
