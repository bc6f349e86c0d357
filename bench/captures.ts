import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

const folder = 'build/bench';

/** A capture that a benchmark reads. */
export interface BenchCapture {
  readonly name: string;
  readonly path: string;
  readonly packets: number;
}

/** Many packets of few connections, recorded; generated where this user cannot record. Kept between runs. */
export function bulkCapture(): BenchCapture {
  const recorded = kept('bulk.pcap', 'bench/record-bulk.ts', process.getuid?.() === 0 && has('iperf3'));
  return recorded ?? generated(600_000);
}

/** Many protocols and link types; kept between runs. */
export function mixedCapture(): BenchCapture {
  return kept('mixed.pcapng', 'bench/merge-mixed.ts') ?? generated(600_000);
}

/** A generated one of some size, as {@link bulkCapture} where nothing can be recorded. */
export function generated(packets: number): BenchCapture {
  const name = `generated-${packets}.pcap`;
  const capture = kept(name, 'bench/make-capture.ts', true, ['--packets', String(packets)]);
  if (capture === null) throw new Error(`bench/make-capture.ts makes no ${name}`);
  return capture;
}

/** Null where it cannot be made. */
function kept(name: string, program: string, isPossible = true, args: string[] = []): BenchCapture | null {
  const path = join(folder, name);
  if (!existsSync(path)) {
    if (!isPossible) return null;
    mkdirSync(folder, { recursive: true });
    console.error(`making ${path}`);
    execFileSync(process.execPath, ['--import', 'tsx', program, path, ...args], { stdio: 'inherit' });
  }
  return { name: name.replace(/\..*/, ''), path, packets: packetsIn(path) };
}

/** A capture that exists. */
export function namedCapture(path: string): BenchCapture {
  return { name: path, path, packets: packetsIn(path) };
}

function packetsIn(path: string): number {
  const table = execFileSync('capinfos', ['-T', '-M', '-c', path], { encoding: 'utf8' });
  return Number(table.trim().split('\n').at(-1)?.split('\t')[1]);
}

function has(tool: string): boolean {
  try {
    execFileSync(tool, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
