import { execFileSync } from 'node:child_process';
import { mkdirSync, statSync } from 'node:fs';
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

/** Many protocols and link types; kept between runs until there are other captures to merge. */
export function mixedCapture(): BenchCapture {
  const corpus = process.env['RTTSHARK_CORPUS'] ?? '';
  const sources = ['bench/moved-packet.ts', 'fixtures/captures', ...(corpus === '' ? [] : [corpus])];
  return kept('mixed.pcapng', 'bench/merge-mixed.ts', true, [], sources) ?? generated(600_000);
}

/** A generated one of some size, as {@link bulkCapture} where nothing can be recorded. */
export function generated(packets: number): BenchCapture {
  const name = `generated-${packets}.pcap`;
  const capture = kept(name, 'bench/make-capture.ts', true, ['--packets', String(packets)]);
  if (capture === null) throw new Error(`bench/make-capture.ts makes no ${name}`);
  return capture;
}

/** Null where it cannot be made. Made again when a source, or with sources the program, has changed since. */
function kept(
  name: string,
  program: string,
  isPossible = true,
  args: string[] = [],
  sources: readonly string[] = [],
): BenchCapture | null {
  const path = join(folder, name);
  const madeAt = changedAt(path);
  const isStale = sources.length > 0 && [program, ...sources].some((source) => changedAt(source) > madeAt);
  if (madeAt === 0 || isStale) {
    if (!isPossible) return null;
    mkdirSync(folder, { recursive: true });
    console.error(`making ${path}`);
    execFileSync(process.execPath, ['--import', 'tsx', program, path, ...args], { stdio: 'inherit' });
  }
  return { name: name.replace(/\..*/, ''), path, packets: packetsIn(path) };
}

/** Milliseconds since 1970; 0 for what is not there. Of a folder, when a name in it came or went. */
function changedAt(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
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
