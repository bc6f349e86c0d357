/**
 * Memory of a live capture whose limits are low, so that minutes stand for hours:
 * `npx tsx bench/live-memory.ts [--minutes N]`. As root.
 *
 * Traffic goes between two network namespaces as fast as it is read; every connection is a group of its own, so that
 * groups come and go. The resident memory of rttshark, of all its tsharks and of dumpcap is read every second.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { residentBytes } from '../src/tshark/resident-bytes.ts';
import { openWire, packetsOn } from '../test/support/namespaces.ts';
import { descendants } from '../test/support/processes.ts';
import { program } from '../test/support/run-command.ts';
import { bulk, startTalk, startTalkServer } from '../test/support/traffic.ts';

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '5' } } });
const endAtMs = performance.now() + Number(values.minutes) * 60_000;

const folder = mkdtempSync(path.join(os.tmpdir(), 'rttshark-bench-'));
const { wire, remove } = openWire();
const { client, server } = wire;
await startTalkServer(server, server.ipv4);
await startTalkServer(server, server.ipv6);

const limits = ['--generation-packets', '40000', '--overlap', '1s', '--expire', '10s', '--max-groups', '200'];
const words = [
  ...[
    'live',
    '-i',
    'wire0',
    '--format',
    'jsonl',
    '--interval',
    '5s',
    '--by',
    'src,src_port,dst,dst_port',
    '--listen',
  ],
  ...['--write', path.join(folder, 'trace.pcapng'), '--ring', 'filesize:20MB,files:3'],
];
const live = spawn(...client.within(process.execPath, [program, ...words, ...limits]), {
  stdio: ['ignore', 'ignore', 'pipe'],
});
live.stderr.pipe(process.stderr);
await once(live.stderr, 'data');

const programs = ['node', 'tshark', 'dumpcap'] as const;
type Program = (typeof programs)[number];
const seconds: Record<Program | 'together', number>[] = [];

function look(): void {
  const children = descendants(live.pid ?? 0);
  const named = (name: Program) =>
    children.filter(({ commandLine }) => path.basename(commandLine.split('\0')[0] ?? '') === name);
  const sum = (pids: readonly number[]) =>
    pids.reduce((bytes, pid) => bytes + (residentBytes(pid) ?? 0), 0) / 1e6;
  const node = sum([live.pid ?? 0]);
  const tshark = sum(named('tshark').map(({ pid }) => pid));
  const dumpcap = sum(named('dumpcap').map(({ pid }) => pid));
  seconds.push({ node, tshark, dumpcap, together: node + tshark + dumpcap });
}

const timer = setInterval(look, 1000);
while (performance.now() < endAtMs) {
  await Promise.all([
    startTalk(client, server.ipv4, { connections: 20, questions: 400, pauseMs: 20 }).ended,
    startTalk(client, server.ipv6, { connections: 20, questions: 400, pauseMs: 20 }).ended,
    bulk(wire, server.ipv4, ['--parallel', '4', '--bytes', '10M', '--bitrate', '8M']),
  ]);
}
clearInterval(timer);
const { stdout } = await client.run('curl', ['-sS', '--noproxy', '*', 'http://127.0.0.1:9464/metrics']);
live.kill('SIGINT');
await once(live, 'close');
const packets = packetsOn(client);
remove();
rmSync(folder, { recursive: true });

const interesting =
  /^rttshark_(?:samples|captured_packets|dropped_packets|generations|generation_differences|expired_groups|gaps)_total|^rttshark_worst_lag/;
console.log(
  stdout
    .split('\n')
    .filter((line) => interesting.test(line))
    .join('\n'),
);
console.log(
  `${packets} packets in ${seconds.length} s; resident memory in MB, a line for each third of the time:`,
);
for (const third of [0, 1, 2]) {
  const part = seconds.slice((third * seconds.length) / 3, ((third + 1) * seconds.length) / 3);
  const figures = ([...programs, 'together'] as const).map((name) => {
    const sorted = part.map((each) => each[name]).sort((a, b) => a - b);
    const median = sorted[Math.floor(sorted.length / 2)] ?? NaN;
    return `${name} median ${median.toFixed(0)} peak ${(sorted.at(-1) ?? NaN).toFixed(0)}`;
  });
  console.log(`  ${figures.join(', ')}`);
}
