/**
 * What it takes to push many pairs of hosts to a Pushgateway, by kind of histogram:
 *
 *     npx tsx bench/push-native.ts [--pairs 5000] [--samples 200] [--runs 5]
 *
 * The samples are made up (skewed, medians of pairs from 50 µs to 50 ms) and go to the families and the client as those of
 * an analysis do; there is no capture. The gateway is the one in PATH, or that of RTTSHARK_TEST_PUSHGATEWAY, and new for
 * each kind. Times are medians, CPU time is a mean; the first push of each, for which everything is new, is not counted.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { Random } from '../fixtures/pcap/random.ts';
import { analysisFamilies } from '../src/metrics/analysis-families.ts';
import { defaultBuckets } from '../src/metrics/buckets.ts';
import { encodeInSlices } from '../src/metrics/encode-in-slices.ts';
import { expositionFormats } from '../src/metrics/exposition-formats.ts';
import type { HistogramKind } from '../src/metrics/metric-family.ts';
import { pushToGateway } from '../src/sinks/push.ts';
import { measured } from '../test/metrics/measured.ts';
import { startPushgateway, type Pushgateway } from '../test/support/pushgateway.ts';
import { median } from './cpu-time.ts';

const { values } = parseArgs({
  options: {
    pairs: { type: 'string', default: '5000' },
    samples: { type: 'string', default: '200' },
    runs: { type: 'string', default: '5' },
  },
});
const [pairs, samples, runs] = [Number(values.pairs), Number(values.samples), Number(values.runs)];

const random = new Random(1);
const result = measured(
  ['src', 'dst'],
  Array.from({ length: pairs }, (_, i) => {
    const typical = 0.00005 * 1000 ** random.next();
    const rtts = Array.from({ length: samples }, () => random.skewed(typical, 1));
    return [[`10.0.${i >> 8}.${i & 255}`, '192.0.2.1'], rtts];
  }),
);

type Format = 'text' | 'protobuf';

const kinds: readonly (readonly [what: string, kind: HistogramKind, format: Format])[] = [
  ['classic, text', 'classic', 'text'],
  ['classic, protobuf', 'classic', 'protobuf'],
  ['native', 'native', 'protobuf'],
  ['both', 'both', 'protobuf'],
];

/** Milliseconds of wall time. */
async function timed<T>(run: () => Promise<T>): Promise<[ms: number, answer: T]> {
  const started = performance.now();
  const answer = await run();
  return [performance.now() - started, answer];
}

/** Milliseconds of CPU time that a process has taken, to the hundredth of a second. */
function cpuMsOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** What a Prometheus that keeps native histograms asks for. */
const scrapeHeaders = {
  accept: `${expositionFormats.protobuf.contentType};q=0.7,text/plain;version=0.0.4;q=0.3`,
  'accept-encoding': 'identity',
};

/** All series of a push: a native histogram is one. */
function seriesOf(kind: HistogramKind): number {
  const buckets = result.groups.length * (defaultBuckets.length + 3);
  return { classic: buckets, native: result.groups.length, both: buckets + result.groups.length }[kind];
}

async function measurePushes(kind: HistogramKind, format: Format, gateway: Pushgateway) {
  const { contentType, encode } = expositionFormats[format];
  const families = () => analysisFamilies(result, { histogram: { kind }, ownMetrics: false });
  const took: Record<'encode' | 'push' | 'gateway' | 'scrape', number[]> = {
    ...{ encode: [], push: [], gateway: [], scrape: [] },
  };
  let [body, scraped] = [new Uint8Array(), new ArrayBuffer()];
  for (let run = 0; run <= runs; run++) {
    const [encodeMs, metrics] = await timed(() => encodeInSlices(encode(families())));
    body = Buffer.from(metrics);
    const cpuBefore = cpuMsOf(gateway.pid);
    const [pushMs] = await timed(() => pushToGateway(gateway.url, { job: 'bench', metrics, contentType }));
    const cpuMs = cpuMsOf(gateway.pid) - cpuBefore;
    const [scrapeMs, answer] = await timed(async () =>
      (await fetch(`${gateway.url}/metrics`, { headers: scrapeHeaders })).arrayBuffer(),
    );
    scraped = answer;
    if (run === 0) continue;
    took.encode.push(encodeMs);
    took.push.push(pushMs);
    took.gateway.push(cpuMs);
    took.scrape.push(scrapeMs);
  }
  const ms = (times: readonly number[]) => `${median(times).toFixed(0)} ms`;
  const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(2)} MB`;
  return {
    series: seriesOf(kind),
    bytes: megabytes(body.length),
    packed: megabytes(gzipSync(body).length),
    encode: ms(took.encode),
    push: ms(took.push),
    'gateway CPU': `${(took.gateway.reduce((sum, each) => sum + each, 0) / runs).toFixed(0)} ms`,
    scrape: ms(took.scrape),
    scraped: megabytes(scraped.byteLength),
  };
}

const table: Record<string, Awaited<ReturnType<typeof measurePushes>>> = {};
for (const [what, kind, format] of kinds) {
  const gateway = await startPushgateway();
  try {
    table[what] = await measurePushes(kind, format, gateway);
  } finally {
    await gateway.stop();
  }
}
console.log(
  `${pairs} pairs of ${samples} samples; medians of ${runs} pushes to a Pushgateway on this machine`,
);
console.table(table);
