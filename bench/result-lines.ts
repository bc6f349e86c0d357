import type { Result } from './alternate.ts';
import type { BenchCapture } from './captures.ts';
import { aloneName, byHand, dissectOnly, shardedName } from './contenders.ts';
import type { Growth } from './growth.ts';

/** The table of one capture, and the ratios that matter. */
export function resultLines({ name, packets }: BenchCapture, results: readonly Result[]): string {
  const base = results.find((result) => result.name === byHand)?.seconds;
  const lines = results.map((result) => {
    const { seconds, cpuSeconds, memoryBytes, runs } = result;
    const times = base === undefined ? '' : `${(base / seconds).toFixed(2).padStart(7)} ×`;
    return (
      `${result.name.padEnd(30)} ${seconds.toFixed(2).padStart(7)} s ${cpuSeconds.toFixed(2).padStart(7)} s CPU ` +
      `${Math.round(packets / seconds)
        .toString()
        .padStart(9)} packets/s${times} ${megabytes(memoryBytes)} ${peaks(result)}` +
      (runs === 1 ? '  (one run)' : '')
    );
  });
  return [`\n${name}: ${packets} packets; × is the speed of "${byHand}"`, ...lines, ...ratios(results)].join(
    '\n',
  );
}

function ratios(results: readonly Result[]): string[] {
  const seconds = (name: string) => results.find((result) => result.name === name)?.seconds;
  const pairs = [
    ['rttshark', dissectOnly],
    ['rttshark', 'tshark as rttshark drives it'],
    ...[2, 4].map((count) => [shardedName(count), aloneName(count)] as const),
  ] as const;
  return pairs.flatMap(([ours, theirs]) => {
    const [a, b] = [seconds(ours), seconds(theirs)];
    return a === undefined || b === undefined ? [] : [`  ${ours} takes ${(a / b).toFixed(2)} of "${theirs}"`];
  });
}

/** How time and memory grow. */
export function growthLines(grown: readonly Growth[]): string {
  const lines = grown.flatMap(({ packets, results }, i) =>
    results.map((result) => {
      const before = grown[i - 1];
      const then = before?.results.find(({ name }) => name === result.name);
      const ratio =
        before === undefined || then === undefined || packets !== 2 * before.packets
          ? ''
          : `  ${(result.seconds / then.seconds).toFixed(2)} of half the packets`;
      return (
        `${packets.toString().padStart(9)} packets  ${result.name.padEnd(20)} ${result.seconds.toFixed(2).padStart(7)} s ` +
        `${result.cpuSeconds.toFixed(2).padStart(7)} s CPU ${megabytes(result.memoryBytes)} ${peaks(result)}${ratio}`
      );
    }),
  );
  return ['\nGrowth, generated captures of 64 connections', ...lines].join('\n');
}

function peaks({ memoryByName }: Result): string {
  const each = Object.entries(memoryByName).map(([name, bytes]) => `${name} ${megabytes(bytes).trim()}`);
  return `(${each.join(', ')})`;
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`.padStart(8);
}
