/**
 * A live capture by one tshark and by several that share the packets: `npx tsx bench/live-shards.ts CAPTURE [--runs N]`.
 *
 * The capture is read as a pipe is, as fast as it is taken, in turn with each number of shards. CPU time is that of
 * rttshark and of all its tsharks together.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { program } from '../test/support/run-command.ts';
import { median } from './cpu-time.ts';

const { values, positionals } = parseArgs({
  options: { runs: { type: 'string', default: '3' }, shards: { type: 'string', default: '1,2' } },
  allowPositionals: true,
});
const [capture = 'build/bench/bulk.pcap'] = positionals;
const counts = values.shards.split(',');

interface Run {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly packetsPerSecond: number;
  readonly document: string;
}

/** Of all children that have ended, and of theirs. */
function childrenCpuSeconds(): number {
  const stat = readFileSync('/proc/self/stat', 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[13]) + Number(fields[14])) / 100;
}

async function runWith(shards: string): Promise<Run> {
  const input = openSync(capture, 'r');
  const bounds = ['--generation-packets', '1000000000', '--generation-memory', '100GB'];
  const words = ['live', '-i', '-', '--format', 'json', '--interval', '1h', '--shards', shards, ...bounds];
  const [cpuBefore, startMs] = [childrenCpuSeconds(), performance.now()];
  const child = spawn(process.execPath, [program, ...words], { stdio: [input, 'pipe', 'pipe'] });
  closeSync(input);
  let [output, log] = ['', ''];
  child.stdout?.on('data', (bytes: Buffer) => (output += bytes.toString()));
  child.stderr?.on('data', (bytes: Buffer) => (log += bytes.toString()));
  await once(child, 'close');
  if (child.exitCode !== 0) throw new Error(log);
  const seconds = (performance.now() - startMs) / 1000;
  const document = output.trimEnd().split('\n').at(-1) ?? '';
  const packetsPerSecond = packets / seconds;
  return { seconds, cpuSeconds: childrenCpuSeconds() - cpuBefore, packetsPerSecond, document };
}

/** A walk over the records of a pcap file. */
function packetsOf(path: string): number {
  const bytes = readFileSync(path);
  let count = 0;
  for (let at = 24; at + 16 <= bytes.length; at += 16 + bytes.readUInt32LE(at + 8)) count += 1;
  return count;
}

const packets = packetsOf(capture);
const runs = new Map(counts.map((count) => [count, [] as Run[]]));
for (let i = 0; i < Number(values.runs); i++)
  for (const count of counts) runs.get(count)?.push(await runWith(count));

const documents = new Set([...runs.values()].flat().map(({ document }) => measured(document)));
console.log(
  `${capture}: ${packets} packets; the results ${documents.size === 1 ? 'are the same' : 'DIFFER'}`,
);
for (const [count, each] of runs) {
  const of = (name: 'seconds' | 'cpuSeconds' | 'packetsPerSecond') => median(each.map((run) => run[name]));
  const figures = `${of('seconds').toFixed(2)} s, CPU ${of('cpuSeconds').toFixed(2)} s`;
  console.log(`${count} of them: ${figures}, ${Math.round(of('packetsPerSecond'))} packets/s`);
}

function measured(document: string): string {
  return JSON.stringify((JSON.parse(document) as { readonly measurements: unknown }).measurements);
}
