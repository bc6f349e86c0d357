import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort } from './ports.ts';
import { prometheusProgram } from './server-programs.ts';

/** One series of an answer, with a number or a native histogram. */
export interface Answer {
  readonly metric: Readonly<Record<string, string>>;
  readonly value?: readonly [time: number, text: string];
  readonly histogram?: readonly [
    time: number,
    of: {
      readonly count: string;
      readonly sum: string;
      /** Which ends belong to the bucket, lower end, upper end, count. */
      readonly buckets?: readonly (readonly [
        boundaries: number,
        lower: string,
        upper: string,
        count: string,
      ])[];
    },
  ];
}

export interface AnsweredExemplar {
  readonly series: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
  /** Seconds since the epoch. */
  readonly timestamp: number;
}

/** A real Prometheus of this test run. */
export interface Prometheus {
  /** The answer to a query at this moment; none while it does not answer. */
  query(promql: string): Promise<Answer[]>;
  /** The exemplars of the last hour. */
  exemplars(promql: string): Promise<AnsweredExemplar[]>;
  stop(): Promise<void>;
}

export interface PrometheusOptions {
  /** The configuration, as it would stand in its file. */
  readonly config: object;
  /** Whether native histograms and exemplars are kept; they are by default. */
  readonly native?: boolean;
  readonly args?: readonly string[];
}

/** Starts a Prometheus that keeps native histograms and exemplars, and scrapes a Pushgateway many times a second. */
export async function startPrometheus(gatewayPort: number): Promise<Prometheus> {
  const job = {
    job_name: 'gateway',
    honor_labels: true,
    scrape_interval: '200ms',
    scrape_timeout: '200ms',
    static_configs: [{ targets: [`127.0.0.1:${gatewayPort}`] }],
  };
  return await startConfiguredPrometheus({ config: { scrape_configs: [job] } });
}

/** Starts a Prometheus on a free port. */
export async function startConfiguredPrometheus(options: PrometheusOptions): Promise<Prometheus> {
  const { config, native = true, args = [] } = options;
  const folder = await mkdtemp(path.join(tmpdir(), 'rttshark-prometheus-'));
  // JSON is YAML.
  await writeFile(path.join(folder, 'prometheus.yml'), JSON.stringify(config));
  const port = await freePort();
  const child = spawn(
    prometheusProgram,
    [
      `--config.file=${path.join(folder, 'prometheus.yml')}`,
      `--storage.tsdb.path=${path.join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
      ...(native ? ['--enable-feature=native-histograms,exemplar-storage'] : []),
      '--log.level=error',
      ...args,
    ],
    { stdio: 'ignore' },
  );
  const ask = async (path: string, parameters: Record<string, string>): Promise<unknown> => {
    const url = `http://127.0.0.1:${port}/api/v1/${path}?${new URLSearchParams(parameters).toString()}`;
    const answer = await fetch(url).catch(() => undefined);
    return answer?.ok === true ? ((await answer.json()) as { data: unknown }).data : undefined;
  };
  return {
    query: async (query) => {
      const data = (await ask('query', { query })) as { result: Answer[] } | undefined;
      return data?.result ?? [];
    },
    exemplars: async (query) => {
      const now = Date.now() / 1000;
      const parameters = { query, start: `${now - 3600}`, end: `${now + 60}` };
      const data = (await ask('query_exemplars', parameters)) as ExemplarData | undefined;
      return (data ?? []).flatMap(({ seriesLabels: series, exemplars }) =>
        exemplars.map((exemplar) => ({ ...exemplar, series, value: Number(exemplar.value) })),
      );
    },
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) {
        const ended = once(child, 'exit');
        child.kill('SIGKILL');
        await ended;
      }
      await rm(folder, { recursive: true, force: true });
    },
  };
}

type ExemplarData = {
  seriesLabels: Record<string, string>;
  exemplars: { labels: Record<string, string>; value: string; timestamp: number }[];
}[];
