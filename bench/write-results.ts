/**
 * Puts the figures of the last `make bench` into docs/performance.md, between its two marks: `npx tsx bench/write-results.ts`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import type { Result } from './alternate.ts';
import type { BenchCapture } from './captures.ts';
import { byHand } from './contenders.ts';
import type { Growth } from './growth.ts';
import type { StartUp } from './start-up-runs.ts';

interface Bench {
  readonly date: string;
  readonly tshark: string;
  readonly node: string;
  readonly cpu: string;
  readonly cores: number;
  readonly runs: number;
  readonly comparisons: readonly { readonly capture: BenchCapture; readonly results: readonly Result[] }[];
  readonly growth: readonly Growth[];
  readonly startUp: StartUp;
}

const page = 'docs/performance.md';
const [begin, end] = ['<!-- results -->', '<!-- end of results -->'];

const bench = JSON.parse(readFileSync('build/bench.json', 'utf8')) as Bench;
const text = readFileSync(page, 'utf8');
const [before, behind] = [text.indexOf(begin), text.indexOf(end)];
if (before === -1 || behind < before) throw new Error(`${page} has no marks.`);
const sections = [about(bench), ...bench.comparisons.map(comparison), growth(bench), startUp(bench)];
const filled = sections.filter((section) => section !== '').join('\n\n');
writeFileSync(page, `${text.slice(0, before + begin.length)}\n\n${filled}\n\n${text.slice(behind)}`);

function about({ date, tshark, node, cpu, cores, runs }: Bench): string {
  return (
    `Measured on ${date} with tshark ${tshark} and Node ${node.slice(1)} on ${cores} cores (${cpu}); medians of ${runs} runs. ` +
    'Memory is the most that all processes together were seen to hold.'
  );
}

function comparison({ capture, results }: Bench['comparisons'][number]): string {
  const base = results.find(({ name }) => name === byHand)?.seconds ?? NaN;
  const rows = results.map(({ name, runs, seconds, cpuSeconds, memoryBytes }) => [
    `\`${name}\`${runs === 1 ? ' (one run)' : ''}`,
    `${seconds.toFixed(2)} s`,
    `${cpuSeconds.toFixed(2)} s`,
    Math.round(capture.packets / seconds).toLocaleString('en'),
    (base / seconds).toFixed(2),
    megabytes(memoryBytes),
  ]);
  return [
    `**${capture.name}**, ${capture.packets.toLocaleString('en')} packets:`,
    '',
    ...table(['', 'time', 'CPU', 'packets/s', 'speed', 'memory'], rows),
  ].join('\n');
}

function growth({ growth: grown }: Bench): string {
  if (grown.length === 0) return '';
  const rows = grown.flatMap(({ packets, results }) =>
    results.map(({ name, seconds, memoryBytes }) => [
      packets.toLocaleString('en'),
      `\`${name}\``,
      `${seconds.toFixed(2)} s`,
      megabytes(memoryBytes),
    ]),
  );
  return ['**Growth**:', '', ...table(['packets', '', 'time', 'memory'], rows)].join('\n');
}

function startUp({ startUp: { tsharkSeconds, rttsharkSeconds, differenceSeconds } }: Bench): string {
  return (
    `**A tiny capture**: tshark ${tsharkSeconds.toFixed(2)} s, rttshark ${rttsharkSeconds.toFixed(2)} s: ` +
    `${differenceSeconds.toFixed(2)} s more.`
  );
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, at) => (at === 0 ? '---' : '---:'))), ...rows.map(line)];
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}
