/** How long a million rows of five columns take to and from Arrow and Parquet, in CPU time of this process. */

import { fromArrow } from '../src/arrow/from-arrow.ts';
import { toArrow } from '../src/arrow/to-arrow.ts';
import { fromParquet } from '../src/parquet/from-parquet.ts';
import { toParquet } from '../src/parquet/to-parquet.ts';
import { fromColumns } from '../src/table/from-columns.ts';

const rows = 1_000_000;
const runs = 5;

const numbers = <V>(value: (row: number) => V): V[] => Array.from({ length: rows }, (_, row) => value(row));
const table = fromColumns(
  { time: 'time', port: 'uint32', rtt: 'float64', src: 'text', dst: 'text' },
  {
    time: numbers((row) => 1_700_000_000_000_000_000n + BigInt(row) * 1_234_567n),
    port: numbers((row) => 1024 + ((row * 7919) % 60_000)),
    rtt: numbers((row) => (row % 10 === 0 ? null : (Math.imul(row, 0x9e37_79b1) >>> 0) / 1e12)),
    src: numbers((row) => `10.0.0.${row % 200}`),
    dst: numbers((row) => `10.1.0.${(row * 7) % 150}`),
  },
);

async function report(name: string, run: () => unknown): Promise<void> {
  const times: number[] = [];
  for (let i = 0; i < runs; i++) {
    const before = process.cpuUsage();
    await run();
    const { user, system } = process.cpuUsage(before);
    times.push((user + system) / 1000);
  }
  const median = times.toSorted((one, other) => one - other)[Math.floor(runs / 2)] ?? NaN;
  console.log(`${name.padEnd(20)} ${median.toFixed(0).padStart(6)} ms`);
}

const arrow = toArrow(table);
const parquet = toParquet(table);
console.log(
  `${rows} rows; ${(arrow.length / 1e6).toFixed(1)} MB of Arrow, ${(parquet.length / 1e6).toFixed(1)} MB of Parquet`,
);
await report('toArrow', () => toArrow(table));
await report('toParquet, snappy', () => toParquet(table));
await report('toParquet, none', () => toParquet(table, { compression: 'none' }));
await report('fromArrow', () => fromArrow(arrow));
await report('fromParquet', () => fromParquet(parquet));
