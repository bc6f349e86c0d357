/**
 * What it takes to write the metrics of many groups in Prometheus' text format, and how long the event loop has to wait
 * meanwhile: `npx tsx bench/exposition.ts [--groups 100000] [--samples 5] [--runs 5]`.
 *
 * The chunks go where `--format prometheus` sends them: through the console, here to /dev/null.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createWriteStream } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Random } from '../fixtures/pcap/random.ts';
import { Console } from '../src/cli/console.ts';
import { analysisText } from '../src/metrics/analysis-text.ts';
import { measured } from '../test/metrics/measured.ts';
import { median } from './cpu-time.ts';

const { values } = parseArgs({
  options: {
    groups: { type: 'string', default: '100000' },
    samples: { type: 'string', default: '5' },
    runs: { type: 'string', default: '5' },
  },
});
const [groups, samples, runs] = [Number(values.groups), Number(values.samples), Number(values.runs)];
const random = new Random(1);
const result = measured(
  ['src', 'dst'],
  Array.from({ length: groups }, (_, i) => [
    [`10.${i >> 16}.${(i >> 8) & 255}.${i & 255}`, '192.0.2.1'],
    Array.from({ length: samples }, () => random.skewed(0.004, 1)),
  ]),
);

const nowhere = createWriteStream('/dev/null');
Object.defineProperty(process, 'stdout', { value: nowhere });
const console_ = new Console();
const [seconds, longestMs, bytes]: [number[], number[], number[]] = [[], [], []];
for (let run = 0; run <= runs; run++) {
  await sleep(50);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const before = process.cpuUsage();
  const written = nowhere.bytesWritten;
  await console_.result(analysisText(result));
  const { user, system } = process.cpuUsage(before);
  await sleep(5);
  delay.disable();
  if (run === 0) continue;
  seconds.push((user + system) / 1e6);
  longestMs.push(delay.max / 1e6);
  bytes.push(nowhere.bytesWritten - written);
}
console.error(
  `${groups} groups, ${(median(bytes) / 1e6).toFixed(0)} MB of text: ${median(seconds).toFixed(2)} s of CPU, ` +
    `the event loop waited ${median(longestMs).toFixed(0)} ms at most (medians of ${runs} runs)`,
);
