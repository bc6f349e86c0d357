/**
 * Records real TCP traffic between two network namespaces: iperf3 with 16 flows, their first 96 bytes of each packet.
 *
 *     npx tsx bench/record-bulk.ts OUT.pcap [--packets 675000]
 *
 * Needs root, iproute2, tcpdump and iperf3. Nothing leaves the namespaces, and they are removed afterwards.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rename } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { openWire, type WiredHost } from '../test/support/namespaces.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { packets: { type: 'string', default: '675000' } },
});
const [out] = positionals;
if (out === undefined) throw new Error('usage: record-bulk.ts OUT.pcap [--packets 675000]');
const unfinished = `${out}.${process.pid}`;

const { wire, remove } = openWire();
try {
  const { client, server } = wire;
  const listening = start(server, 'iperf3', ['--server', '--one-off', '--bind', server.ipv4]);
  await untilListening(server, 5201);
  const recorder = start(server, 'tcpdump', [
    ...['-n', '-i', 'wire0', '-Z', 'root', '-s', '96', '-B', '65536', '-c', values.packets],
    ...['-w', unfinished, 'tcp'],
  ]);
  // It tells on standard error that it listens; without that, the handshakes would not be in the capture.
  await once(recorder.stderr, 'data');
  // Slow enough for the recorder to take every packet, and in small pieces, so that most of them are acknowledged.
  const flows = ['--parallel', '16', '--bitrate', '16M', '--length', '1400', '--no-delay', '--time', '3600'];
  const sender = start(client, 'iperf3', ['--client', server.ipv4, ...flows]);
  const [status] = (await once(recorder, 'exit')) as [number | null];
  sender.kill();
  listening.kill();
  if (status !== 0) throw new Error(`tcpdump ended with ${status ?? 'a signal'}`);
  await rename(unfinished, out);
} finally {
  remove();
}

function start(host: WiredHost, file: string, args: readonly string[]) {
  return spawn(...host.within(file, args), { stdio: ['ignore', 'ignore', 'pipe'] });
}

async function untilListening(host: WiredHost, port: number): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const { stdout } = await host.run('ss', ['-Hltn', `sport = :${port}`]);
    if (stdout !== '') return;
    await sleep(25);
  }
  throw new Error(`Nothing listens on port ${port}.`);
}
