import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { until } from './deadline.ts';
import { freePort } from './ports.ts';
import type { Answer } from './prometheus.ts';
import { prometheusProgram, victoriaMetricsProgram } from './server-programs.ts';

export const storeKinds = ['Prometheus', 'VictoriaMetrics'] as const;

export type StoreKind = (typeof storeKinds)[number];

/** A series with all of its samples. */
export interface StoredSeries {
  readonly metric: Readonly<Record<string, string>>;
  /** Seconds since the epoch, and the value as text. The marks of series that ended are not among them. */
  readonly values: readonly (readonly [time: number, text: string])[];
}

/** A real store of this test run that takes remote writes. It keeps what it has over its stops. */
export interface Store {
  readonly kind: StoreKind;
  /** Where it takes writes. */
  readonly url: string;
  readonly port: number;
  /** Starts it again, at the same port. */
  start(): Promise<void>;
  /** Stops it in good order. */
  stop(): Promise<void>;
  /** The answer to a query at this moment, or at a time in seconds since the epoch. */
  query(promql: string, time?: number): Promise<Answer[]>;
  /** All samples of the last hours. */
  samples(selector: string): Promise<StoredSeries[]>;
  /** Any other question about the stored data. */
  get(path: string, parameters: Readonly<Record<string, string>>): Promise<unknown>;
  /** Ends it for good. */
  remove(): Promise<void>;
}

export async function startStore(kind: StoreKind): Promise<Store> {
  const folder = await mkdtemp(path.join(tmpdir(), 'rttshark-store-'));
  await writeFile(path.join(folder, 'prometheus.yml'), '{}');
  const port = await freePort();
  const address = `127.0.0.1:${port}`;
  const [program, args, health] =
    kind === 'Prometheus' ? prometheus(folder, address) : victoria(folder, address);
  let child: ChildProcess | undefined;
  const stop = async (signal: NodeJS.Signals = 'SIGTERM') => {
    if (child?.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  };
  const get = async (question: string, parameters: Readonly<Record<string, string>>): Promise<unknown> => {
    // What came last is not found before it is flushed.
    if (kind === 'VictoriaMetrics') await fetch(`http://${address}/internal/force_flush`);
    const answer = await fetch(
      `http://${address}/api/v1/${question}?${new URLSearchParams(parameters).toString()}`,
    );
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${kind}: ${question} ${JSON.stringify(parameters)}: ${text}`);
    return (JSON.parse(text) as { data: unknown }).data;
  };
  const query = async <T>(promql: string, time = Date.now() / 1000): Promise<T[]> =>
    ((await get('query', { query: promql, time: String(time) })) as { result: T[] }).result;
  const store: Store = {
    kind,
    url: `http://${address}/api/v1/write`,
    port,
    start: async () => {
      child = spawn(program, args, { stdio: 'ignore' });
      const started = child;
      await until(`${kind} was ready`, async () => {
        if (started.exitCode !== null) throw new Error(`${kind} did not start.`);
        return (await fetch(`http://${address}${health}`).catch(() => undefined))?.ok === true || undefined;
      });
    },
    stop,
    query,
    samples: async (selector) => {
      const found = await query<StoredSeries>(`${selector}[6h]`);
      // VictoriaMetrics gives the marks of the end too.
      return found.map(({ metric, values }) => ({
        metric,
        values: values.filter(([, text]) => text !== 'NaN'),
      }));
    },
    get,
    remove: async () => {
      await stop('SIGKILL');
      await rm(folder, { recursive: true, force: true });
    },
  };
  await store.start();
  return store;
}

type Command = readonly [program: string, args: readonly string[], health: string];

function prometheus(folder: string, address: string): Command {
  const args = [
    `--config.file=${path.join(folder, 'prometheus.yml')}`,
    `--storage.tsdb.path=${path.join(folder, 'data')}`,
    `--web.listen-address=${address}`,
    '--web.enable-remote-write-receiver',
    '--enable-feature=native-histograms,exemplar-storage',
    '--log.level=error',
  ];
  return [prometheusProgram, args, '/-/ready'];
}

function victoria(folder: string, address: string): Command {
  const args = [
    `-storageDataPath=${path.join(folder, 'data')}`,
    `-httpListenAddr=${address}`,
    '-retentionPeriod=100y',
    // Queries see what has just come.
    '-search.latencyOffset=0s',
    '-search.disableCache',
    '-loggerLevel=ERROR',
  ];
  return [victoriaMetricsProgram, args, '/health'];
}
