/**
 * How well the time left is foretold in a real run, which should take over ten seconds:
 *
 *     npx tsx bench/record-progress.ts CAPTURE... [--profile full] [--extract fields] [--shards N] [--clock wall|cpu] [--out SERIES.json]
 *
 * Prints what was foretold at each tenth of the way beside what it then took, and writes the whole series, from which
 * the tests foretell it again. On a machine that does other work too, the CPU time of the shard that has taken most of it
 * is a clock that such work hardly disturbs.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { AnalysisRun } from '../src/analysis/analysis-run.ts';
import type { AnalysisOptions } from '../src/analysis/analysis-options.ts';
import { shareRead } from '../src/cli/progress-line.ts';
import { processTree } from './process-tree.ts';
import { foretold, type ProgressSeries } from './foretold.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    profile: { type: 'string', default: 'lean' },
    extract: { type: 'string', default: 'auto' },
    shards: { type: 'string' },
    clock: { type: 'string', default: 'wall' },
    out: { type: 'string' },
  },
});
// What the command's own options check; a wrong word fails in the analysis.
const options = {
  inputs: positionals,
  profile: values.profile,
  extraction: values.extract,
  ...(values.shards === undefined ? {} : { shards: Number(values.shards) }),
} as AnalysisOptions;

/** On a clock that goes slowly, more marks would tell nothing more. */
const leastMsBetween = 40;

const run = new AnalysisRun(options);
const marks: [number, number, number][] = [];
const started = performance.now();
/** Of each shard, under its latest tshark: in a long file, one follows the other. */
const cpuMsOf = new Map<number, number>();
/** What those before a tshark took. */
const beforeMsOf = new Map<number, number>();
let latestMs = 0;
const timer = setInterval(() => {
  const { secondsAfter, ...progress } = run.progress();
  const share = progress.share ?? shareRead(progress);
  const atMs = Math.round(nowMs());
  const isLater = atMs >= (marks.at(-1)?.[0] ?? -leastMsBetween) + leastMsBetween;
  if (share !== undefined && isLater)
    marks.push([atMs, Number(share.toFixed(5)), Number(secondsAfter.toFixed(3))]);
}, 200);
const analysis = await run.result();
clearInterval(timer);
const words = process.argv.slice(2).filter((word, i, all) => word !== '--out' && all[i - 1] !== '--out');
const series: ProgressSeries = {
  about: `${analysis.tshark.version}, ${words.join(' ')}`,
  endedMs: Math.round(nowMs()),
  marks,
};
let next = 0.1;
for (const { share, secondsLeft, actualSeconds } of foretold(series)) {
  if (share < next) continue;
  next += 0.1;
  const off = secondsLeft === undefined ? NaN : (secondsLeft / actualSeconds - 1) * 100;
  console.log(
    `${(share * 100).toFixed(0).padStart(3)}%  foretold ${(secondsLeft ?? NaN).toFixed(1).padStart(6)} s  ` +
      `took ${actualSeconds.toFixed(1).padStart(6)} s  ${off >= 0 ? '+' : ''}${off.toFixed(0)}%`,
  );
}
if (values.out !== undefined) writeFileSync(values.out, `${JSON.stringify(series)}\n`);

/** Milliseconds since the start, on the clock that was asked for. */
function nowMs(): number {
  if (values.clock === 'wall') return performance.now() - started;
  const tsharks = processTree([process.pid]).filter(({ name }) => name === 'tshark');
  const ended = [...cpuMsOf.keys()].filter((pid) => tsharks.every((tshark) => tshark.pid !== pid));
  for (const { pid, cpuSeconds } of tsharks) {
    if (!beforeMsOf.has(pid)) {
      const followed = ended.shift();
      beforeMsOf.set(pid, followed === undefined ? 0 : (cpuMsOf.get(followed) ?? 0));
      if (followed !== undefined) cpuMsOf.delete(followed);
    }
    cpuMsOf.set(pid, (beforeMsOf.get(pid) ?? 0) + cpuSeconds * 1000);
  }
  latestMs = Math.max(latestMs, ...cpuMsOf.values());
  return latestMs;
}
