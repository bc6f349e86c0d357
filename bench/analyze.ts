/**
 * rttshark beside plain tshark on one capture, in one run: `npx tsx bench/analyze.ts [CAPTURE] [--runs N]`.
 *
 * The commands take turns, so that whatever else the machine does meets all of them; the medians and their ratios
 * are what counts. Without a capture a bulk one of 600,000 packets is made, and kept in build/.
 */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { parseArgs } from 'node:util';

interface Contender {
  readonly name: string;
  readonly file: string;
  readonly args: readonly string[];
}

interface Measured {
  readonly seconds: number;
  readonly cpuSeconds: number;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { runs: { type: 'string', default: '5' } },
});
const runs = Number(values.runs);
mkdirSync('build', { recursive: true });
const capture = positionals[0] ?? madeCapture();

const fields = ['frame.time_epoch', 'ip.src', 'ip.dst', 'ipv6.src', 'ipv6.dst', 'tcp.analysis.ack_rtt'];
const plain = ['-n', '-r', capture, '-T', 'fields', ...fields.flatMap((field) => ['-e', field])];
const contenders: readonly Contender[] = [
  { name: 'tshark -T fields', file: 'tshark', args: plain },
  { name: 'tshark -Y -T fields', file: 'tshark', args: [...plain, '-Y', 'tcp.analysis.ack_rtt'] },
  { name: 'rttshark analyze', file: process.execPath, args: ['bin/rttshark.js', 'analyze', capture] },
];

const results = new Map<string, Measured[]>(contenders.map(({ name }) => [name, []]));
for (let run = 0; run < runs; run++) {
  for (const contender of contenders) {
    const measured = await time(contender);
    results.get(contender.name)?.push(measured);
    console.error(`${contender.name}: ${measured.seconds.toFixed(2)} s`);
  }
}

const rows = contenders.map(({ name }) => {
  const all = results.get(name) ?? [];
  return {
    name,
    seconds: median(all.map((each) => each.seconds)),
    cpuSeconds: median(all.map((each) => each.cpuSeconds)),
  };
});
const base = rows.find(({ name }) => name === 'tshark -Y -T fields')?.seconds ?? NaN;
for (const { name, seconds, cpuSeconds } of rows) {
  console.log(
    `${name.padEnd(22)} ${seconds.toFixed(2).padStart(7)} s   ${cpuSeconds.toFixed(2).padStart(7)} s CPU   ` +
      `${(seconds / base).toFixed(2)} of tshark -Y`,
  );
}
const about = {
  capture,
  runs,
  tshark: execFileSync('tshark', ['--version'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).split('\n')[0],
  node: process.version,
  cpu: cpus()[0]?.model,
  cores: availableParallelism(),
};
console.log(JSON.stringify(about));
writeFileSync('build/bench-analyze.json', `${JSON.stringify({ ...about, rows }, null, 2)}\n`);

function madeCapture(): string {
  const path = 'build/bench-bulk.pcap';
  if (!existsSync(path)) execFileSync('npx', ['tsx', 'bench/make-capture.ts', path], { stdio: 'inherit' });
  return path;
}

/** Wall time and the CPU time of all processes together, output thrown away. */
async function time({ file, args }: Contender): Promise<Measured> {
  const cpuBefore = childCpuSeconds();
  const start = process.hrtime.bigint();
  await new Promise<void>((resolve, reject) => {
    const child = spawn(file, args, { stdio: ['ignore', 'ignore', 'ignore'] });
    child.on('error', reject).on('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`${file} ended with ${code ?? 'a signal'}`));
    });
  });
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  return { seconds, cpuSeconds: childCpuSeconds() - cpuBefore };
}

/** CPU time of all children that have ended, theirs included: fields 16 and 17 of /proc/self/stat, in ticks. */
function childCpuSeconds(): number {
  const stat = execFileSync('cat', [`/proc/${process.pid}/stat`], { encoding: 'utf8' });
  const after = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(after[13]) + Number(after[14])) / 100;
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low = NaN, high = NaN] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[middle]];
  return (low + high) / 2;
}
