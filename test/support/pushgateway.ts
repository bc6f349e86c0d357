import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
import https from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Certificates } from './certificates.ts';
import { freePort } from './ports.ts';
import { pushgatewayProgram } from './server-programs.ts';

/** The user of a gateway with basic authentication. The hash is bcrypt of the password, made with few rounds. */
export const gatewayUser = {
  username: 'probe',
  password: 'wire/shark: ü%20 pass',
  passwordHash: '$2b$04$VqZ0sglW6SL/qdhpClmtH.4VmQLguyLSX2LOy4.yXUCgOY2OGM/MK',
};

export interface PushgatewayOptions {
  /** Serves https and asks for client certificates of the same authority. */
  readonly mutualTls?: Certificates;
  /** Asks for `gatewayUser`. */
  readonly basicAuth?: boolean;
  /** The path below which it answers, such as `/some/prefix`. */
  readonly routePrefix?: string;
  /** Where it listens; on a free port by default. */
  readonly port?: number;
}

/** What a group of the gateway holds, by metric name. */
export interface Group {
  readonly labels: Readonly<Record<string, string>>;
  readonly metrics: readonly string[];
}

/** A real Pushgateway of this test run. */
export interface Pushgateway {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** What it serves to Prometheus. */
  metrics(): Promise<string>;
  /** The groups that it holds, in its own order. */
  groups(): Promise<Group[]>;
  stop(): Promise<void>;
}

/** Starts a Pushgateway on a free port and waits until it is ready. */
export async function startPushgateway(options: PushgatewayOptions = {}): Promise<Pushgateway> {
  const folder = await mkdtemp(join(tmpdir(), 'rttshark-pushgateway-'));
  const configFile = join(folder, 'web.yml');
  await writeFile(configFile, webConfig(options));
  // Another process may take the port between looking and listening.
  for (let tries = 1; ; tries++) {
    try {
      return await start(folder, configFile, options);
    } catch (error) {
      if (tries < 3) continue;
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
  }
}

async function start(folder: string, configFile: string, options: PushgatewayOptions): Promise<Pushgateway> {
  const port = options.port ?? (await freePort());
  const prefix = options.routePrefix ?? '';
  const child = spawn(
    pushgatewayProgram,
    [
      `--web.listen-address=127.0.0.1:${port}`,
      `--web.config.file=${configFile}`,
      `--web.route-prefix=${prefix === '' ? '/' : prefix}`,
      '--persistence.file=',
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const url = `${options.mutualTls ? 'https' : 'http'}://localhost:${port}${prefix}`;
  const read = (path: string): Promise<string> => get(new URL(`${url}${path}`), options);
  await ready(child, () => read('/-/ready'));
  return {
    url,
    port,
    pid: child.pid ?? 0,
    metrics: () => read('/metrics'),
    groups: async () => groupsOf(await read('/api/v1/metrics')),
    stop: async () => {
      await ended(child);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function webConfig({ mutualTls, basicAuth }: PushgatewayOptions): string {
  const lines: string[] = [];
  if (mutualTls) {
    lines.push(
      'tls_server_config:',
      `  cert_file: ${mutualTls.server.certFile}`,
      `  key_file: ${mutualTls.server.keyFile}`,
      '  client_auth_type: RequireAndVerifyClientCert',
      `  client_ca_file: ${mutualTls.authority.certFile}`,
    );
  }
  if (basicAuth === true) {
    lines.push('basic_auth_users:', `  ${gatewayUser.username}: ${gatewayUser.passwordHash}`);
  }
  return `${lines.join('\n')}\n`;
}

/** Not by the client under test: what it pushed is read back by another way. */
async function get(url: URL, { mutualTls, basicAuth }: PushgatewayOptions): Promise<string> {
  const auth = basicAuth === true ? { auth: `${gatewayUser.username}:${gatewayUser.password}` } : {};
  const shared = { ...auth, agent: false, host: '127.0.0.1' } as const;
  const request = mutualTls
    ? https.get(url, {
        ...shared,
        servername: 'localhost',
        ca: mutualTls.authority.cert,
        cert: mutualTls.client.cert,
        key: mutualTls.client.key,
      })
    : http.get(url, shared);
  const [response] = (await once(request, 'response')) as [http.IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  if (response.statusCode !== 200) throw new Error(`GET ${url.href}: ${response.statusCode ?? 0} ${text}`);
  return text;
}

async function ready(child: ChildProcess, probe: () => Promise<string>): Promise<void> {
  let words = '';
  let failed: Error | undefined;
  child.stderr?.on('data', (chunk: Buffer) => (words += chunk.toString()));
  child.once('error', (error) => (failed = error));
  const deadline = Date.now() + 20_000;
  for (;;) {
    const answer = await probe().catch((error: unknown) => error);
    if (typeof answer === 'string' && child.exitCode === null) return;
    if (failed ?? (child.exitCode !== null || Date.now() > deadline)) {
      await ended(child);
      throw failed ?? new Error(`Pushgateway did not start: ${words}`, { cause: answer });
    }
    await sleep(20);
  }
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}

const ownFamilies = new Set(['push_time_seconds', 'push_failure_time_seconds']);

function groupsOf(json: string): Group[] {
  const { data } = JSON.parse(json) as { data: Record<string, unknown>[] };
  return data.map((group) => ({
    labels: group['labels'] as Record<string, string>,
    metrics: Object.entries(group)
      .filter(([name, value]) => !ownFamilies.has(name) && isFamily(value))
      .map(([name]) => name)
      .sort(),
  }));
}

function isFamily(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'type' in value;
}
