import path from 'node:path';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { until } from './deadline.ts';
import { ip, type Wire, type WiredHost } from './namespaces.ts';
import { projectFolder, type CommandOptions, type RunningCommand } from './run-command.ts';

const talk = path.join(import.meta.dirname, 'talk.ts');
/** Namespaces have all their ports free. */
const talkPort = 7070;
const httpPort = 8000;
const iperfPort = 5201;

/** Traffic may take a while on a machine that has more to do. */
const longestTrafficMs = 280_000;

/** Something that answers every byte with the same byte. Ends with the namespace. */
export async function startTalkServer(host: WiredHost, address: string): Promise<void> {
  const { child } = startForever(host, process.execPath, [
    '--import',
    'tsx',
    talk,
    'serve',
    address,
    `${talkPort}`,
  ]);
  // Further output would have nowhere to go, and there is none.
  if (child.stdout !== null) await once(child.stdout, 'data');
}

export interface Talk {
  readonly connections: number;
  readonly questions: number;
  /** Between an answer and the next question. */
  readonly pauseMs: number;
}

/** Questions and answers in many connections at a time. */
export function startTalk(
  host: WiredHost,
  address: string,
  { connections, questions, pauseMs }: Talk,
): RunningCommand {
  const counts = [connections, questions, pauseMs].map(String);
  return startForever(host, process.execPath, [
    '--import',
    'tsx',
    talk,
    'ask',
    address,
    `${talkPort}`,
    ...counts,
  ]);
}

/** The words of a program that asks one question for each line of its standard input; see talk.ts. */
export function talkWhenTold(address: string): readonly [file: string, args: readonly string[]] {
  return [process.execPath, ['--import', 'tsx', talk, 'ask-when-told', address, `${talkPort}`]];
}

/** Bulk data by iperf3, bounded in bytes and in pace. */
export async function bulk(
  { client, server }: Wire,
  address: string,
  args: readonly string[],
  port = iperfPort,
): Promise<void> {
  startForever(server, 'iperf3', ['--server', '--one-off', '--bind', address, '--port', `${port}`]);
  await listening(server, port);
  const { status, stdout, stderr } = await startForever(client, 'iperf3', [
    ...['--client', address, '--port', `${port}`],
    ...args,
  ]).ended;
  expect(status, `${stdout}${stderr}`).to.equal(0);
}

/** A web server that has one page. Ends with the namespace. */
export async function startWebServer(host: WiredHost, address: string, folder: string): Promise<void> {
  writeFileSync(path.join(folder, 'page.txt'), 'x'.repeat(6000));
  startForever(host, 'python3', [
    ...['-m', 'http.server', '--bind', address, '--directory', folder, `${httpPort}`],
  ]);
  await listening(host, httpPort);
}

/** So many downloads, one after the other, each in a connection of its own. */
export async function download(host: WiredHost, address: string, times: number): Promise<void> {
  const named = address.includes(':') ? `[${address}]` : address;
  const { status, stderr } = await startForever(host, 'curl', [
    ...['-sS', '--noproxy', '*', '--globoff', '-o', '/dev/null'],
    ...Array.from({ length: times }, () => `http://${named}:${httpPort}/page.txt`).flatMap((url, at) =>
      at === 0 ? [url] : ['-o', '/dev/null', url],
    ),
  ]).ended;
  expect(status, stderr).to.equal(0);
}

/** Addresses of the two ends of the VLAN. */
export const vlan = { client: '10.78.1.12', server: '10.78.1.5' };

/** A VLAN on the wire, made in user space: not every kernel has the device. */
export async function startVlan({ client, server }: Wire): Promise<void> {
  const tunnel = path.join(projectFolder, 'fixtures/record/tunnel.py');
  for (const host of [client, server]) {
    startForever(host, 'python3', [tunnel, 'vlan', 'vlan', 'wire0', 'wire0', '0']);
  }
  for (const [host, address] of [
    [client, vlan.client],
    [server, vlan.server],
  ] as const) {
    await until('the VLAN was there', () =>
      ip('-n', host.name, 'link').includes(' vlan: ') ? true : undefined,
    );
    ip('-n', host.name, 'addr', 'add', `${address}/24`, 'dev', 'vlan');
    ip('-n', host.name, 'link', 'set', 'vlan', 'mtu', '1400', 'up');
  }
}

async function listening(host: WiredHost, port: number): Promise<void> {
  await until(`something listened on port ${port}`, async () => {
    const { stdout } = await host.run('ss', ['-Hltn', `sport = ${port}`]);
    return stdout === '' ? undefined : true;
  });
}

function startForever(
  host: WiredHost,
  file: string,
  args: readonly string[],
  options: CommandOptions = {},
): RunningCommand {
  return host.start(file, args, { ...options, longestRunMs: longestTrafficMs });
}
