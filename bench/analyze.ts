/**
 * rttshark beside tshark driven by hand, beside the least that tshark can take, and beside other programs, in one run:
 *
 *     npx tsx bench/analyze.ts [CAPTURE...] [--runs 5] [--tshark PATH] [--quick] [--no-growth]
 *
 * Without captures: a bulk and a mixed one, which are made and kept in build/bench. `--quick` is one run of what is
 * quick. Prints a table, and writes build/bench.json.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { findTshark } from '../src/tshark/find-tools.ts';
import { aboutThisMachine } from './about.ts';
import { alternate } from './alternate.ts';
import { bulkCapture, mixedCapture, namedCapture } from './captures.ts';
import { contendersOn } from './contenders.ts';
import { growth } from './growth.ts';
import { growthLines, resultLines } from './result-lines.ts';
import { startUp } from './start-up-runs.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  allowNegative: true,
  options: {
    runs: { type: 'string', default: '5' },
    tshark: { type: 'string' },
    quick: { type: 'boolean', default: false },
    growth: { type: 'boolean', default: true },
  },
});
const tshark = await findTshark(values.tshark);
const runs = values.quick ? 1 : Number(values.runs);
const about = { ...aboutThisMachine(tshark.version.text), runs };
console.log(JSON.stringify(about));

const captures = positionals.length > 0 ? positionals.map(namedCapture) : [bulkCapture(), mixedCapture()];
const comparisons = [];
for (const capture of captures) {
  const contenders = await contendersOn(capture, tshark);
  const kept = values.quick ? contenders.filter(({ name }) => name !== 'tshark -T fields') : contenders;
  const results = await alternate(kept, runs);
  console.log(resultLines(capture, results));
  comparisons.push({ capture, results });
}
const grown = values.growth && !values.quick ? await growth(tshark, runs) : [];
if (grown.length > 0) console.log(growthLines(grown));
const started = await startUp(tshark, Math.max(3, runs * 3));
console.log(
  `A tiny capture: tshark ${started.tsharkSeconds.toFixed(2)} s, rttshark ${started.rttsharkSeconds.toFixed(2)} s, ` +
    `${started.differenceSeconds.toFixed(2)} s more`,
);
mkdirSync('build', { recursive: true });
const all = { ...about, comparisons, growth: grown, startUp: started };
writeFileSync('build/bench.json', `${JSON.stringify(all, null, 2)}\n`);
console.log('build/bench.json has all of it.');
