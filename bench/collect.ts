/**
 * How long samples take from tables to statistics, and how much memory they need at most:
 * `npx tsx bench/collect.ts [--samples N] [--groups N] [--exact N]`. In CPU time of this process, whose memory before the
 * first sample is told too; the samples are made up, so that there can be as many as are asked for.
 */
import { parseArgs } from 'node:util';
import { labelSources } from '../src/measure/labels.ts';
import { tcpAckRtt } from '../src/measure/measurement.ts';
import { SampleCollector } from '../src/measure/sample-collector.ts';
import { TableBuilder } from '../src/table/table-builder.ts';
import type { AnyTable } from '../src/table/table.ts';
import { cpuMs } from './cpu-time.ts';
import { rowSchema } from './printed-rows.ts';

const { values } = parseArgs({
  options: {
    samples: { type: 'string', default: '1000000' },
    groups: { type: 'string', default: '32' },
    exact: { type: 'string', default: '10000000' },
  },
});
const [samples, groups, exactSamples] = [values.samples, values.groups, values.exact].map(Number);

const chunkRows = 8192;
const builder = new TableBuilder(rowSchema);
let made = 0;
let random = 1;

/** The next chunk, as the row reader gives it. */
function nextChunk(rows: number): AnyTable {
  const blocks = Object.fromEntries(
    Object.keys(rowSchema).map((name) => [name, builder.column(name).appendBlock(rows)]),
  );
  const times = blocks['frame.time_epoch']?.values as BigInt64Array;
  const rtts = blocks[tcpAckRtt.field]?.values as Float64Array;
  for (let row = 0; row < rows; row++) {
    random = (random * 48_271) % 2_147_483_647;
    const host = random % groups!;
    times[row] = 1_700_000_000_000_000_000n + BigInt(made++) * 1000n;
    rtts[row] = random / 1e9;
    for (const name of ['ipv6.src', 'ipv6.dst']) blocks[name]?.setNull(row);
    for (const [name, text] of [
      ['ip.src', `10.${host >> 16}.${(host >> 8) & 255}.${host & 255}`],
      ['ip.dst', '192.168.0.1'],
      ['frame.protocols', 'eth:ethertype:ip:tcp'],
    ] as const) {
      const block = blocks[name];
      if (block !== undefined) (block.values as Uint32Array)[row] = block.codeOf(text);
    }
  }
  return builder.finish();
}

const megabytes = () => Math.round(process.resourceUsage().maxRSS / 1024);
const collector = new SampleCollector({
  measurement: tcpAckRtt,
  labels: labelSources(['src', 'dst'], false),
  occurrenceSeparator: '\u001f',
  exactSamples,
});
const before = megabytes();
let addMs = 0;
for (let left = samples!; left > 0; left -= chunkRows) {
  const chunk = nextChunk(Math.min(left, chunkRows));
  addMs += await cpuMs(() => {
    collector.add(chunk);
  });
}
const [collected, result] = [megabytes(), { method: '', count: 0 }];
const resultMs = await cpuMs(() => {
  const { quantileMethod, total } = collector.result();
  Object.assign(result, { method: quantileMethod, count: total.count });
});
console.log(
  `${result.count.toLocaleString('en')} samples of ${groups} groups, ${result.method}: collecting ${addMs.toFixed(0)} ms, ` +
    `statistics ${resultMs.toFixed(0)} ms; memory at most ${before} MB before, ${collected} MB then, ${megabytes()} MB in the end`,
);
