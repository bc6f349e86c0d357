/**
 * How long after its packet a row is there, on a quiet wire: `npx tsx bench/live-latency.ts [--questions N]`. As root.
 *
 * One question at a time goes from one network namespace to another. rttshark reports every ten milliseconds, so that
 * its report tells when the row was there to within that time.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { openWire } from '../test/support/namespaces.ts';
import { program } from '../test/support/run-command.ts';
import { startTalkServer, talkWhenTold } from '../test/support/traffic.ts';

const { values } = parseArgs({ options: { questions: { type: 'string', default: '30' } } });
const questions = Number(values.questions);

interface ReportLine {
  readonly interval?: unknown;
  readonly first_seen: number;
}

const { wire, remove } = openWire();
const { client, server } = wire;
await startTalkServer(server, server.ipv4);

const words = ['live', '-i', 'wire0', '-f', 'tcp', '--format', 'jsonl', '--interval', '10ms'];
const live = spawn(...client.within(process.execPath, [program, ...words]), {
  stdio: ['ignore', 'pipe', 'pipe'],
});
await once(live.stderr, 'data');
const latenciesMs: number[] = [];
createInterface({ input: live.stdout }).on('line', (line) => {
  const now = performance.timeOrigin + performance.now();
  const { interval, first_seen: firstSeen } = JSON.parse(line) as ReportLine;
  if (interval !== undefined) latenciesMs.push(now - firstSeen * 1000);
});

const talker = spawn(...client.within(...talkWhenTold(server.ipv4)), { stdio: ['pipe', 'pipe', 'inherit'] });
for (let asked = 0; asked < questions; asked++) {
  const before = latenciesMs.length;
  talker.stdin.write('\n');
  await once(talker.stdout, 'data');
  while (latenciesMs.length === before) await sleep(1);
  // The wire is quiet again, and the next question meets the kernel's timer at another moment.
  await sleep(300 + 37 * (asked % 7));
}
talker.kill();
live.kill('SIGINT');
await once(live, 'close');
remove();

const sorted = latenciesMs.sort((a, b) => a - b);
const at = (share: number) => (sorted[Math.ceil(share * sorted.length) - 1] ?? NaN).toFixed(0);
console.log(`${questions} questions, ${sorted.length} reports of rows`);
console.log(`from packet to row: median ${at(0.5)} ms, 90 % ${at(0.9)} ms, worst ${at(1)} ms`);
