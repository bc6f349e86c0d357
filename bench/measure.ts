import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { processTree, residentBytes } from './process-tree.ts';

/** Something that is measured: a command, or several that run side by side. */
export interface Contender {
  readonly name: string;
  readonly commands: readonly {
    readonly file: string;
    readonly args: readonly string[];
    readonly env?: Readonly<Record<string, string>> | undefined;
  }[];
}

/** What one run took. */
export interface Measured {
  readonly seconds: number;
  /** Of all processes together. */
  readonly cpuSeconds: number;
  /** The most that all processes together were seen to hold. */
  readonly memoryBytes: number;
  /** The most that any one process of a name was seen to hold. */
  readonly memoryByName: Readonly<Record<string, number>>;
}

const lookEveryMs = 100;

/**
 * Runs a contender to its end, with its output thrown away.
 *
 * @throws Error where a command fails
 */
export async function measure({ name, commands }: Contender): Promise<Measured> {
  const cpuBefore = childCpuSeconds();
  const started = performance.now();
  const children = commands.map(({ file, args, env }) =>
    spawn(file, args, { stdio: 'ignore', env: { ...process.env, ...env } }),
  );
  const memory = new MemoryWatch(children.flatMap(({ pid }) => pid ?? []));
  const timer = setInterval(() => {
    memory.look();
  }, lookEveryMs);
  try {
    await Promise.all(
      children.map(
        (child) =>
          new Promise<void>((resolve, reject) => {
            child.once('error', reject).once('exit', (code) => {
              if (code === 0) resolve();
              else reject(new Error(`${name}: ended with ${code ?? 'a signal'}`));
            });
          }),
      ),
    );
  } finally {
    clearInterval(timer);
  }
  return {
    seconds: (performance.now() - started) / 1000,
    cpuSeconds: childCpuSeconds() - cpuBefore,
    memoryBytes: memory.most,
    memoryByName: Object.fromEntries(memory.byName),
  };
}

class MemoryWatch {
  readonly #roots: readonly number[];
  most = 0;
  readonly byName = new Map<string, number>();

  constructor(roots: readonly number[]) {
    this.#roots = roots;
  }

  look(): void {
    let together = 0;
    for (const { pid, name } of processTree(this.#roots)) {
      const held = residentBytes(pid);
      together += held?.now ?? 0;
      this.byName.set(name, Math.max(this.byName.get(name) ?? 0, held?.peak ?? 0));
    }
    this.most = Math.max(this.most, together);
  }
}

/** CPU time of all children that have ended, theirs included. */
function childCpuSeconds(): number {
  const stat = readFileSync('/proc/self/stat', 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[13]) + Number(fields[14])) / 100;
}
