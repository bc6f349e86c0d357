import { execFileSync } from 'node:child_process';
import { open, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'chai';
import { until } from '../support/deadline.ts';
import { freePort } from '../support/ports.ts';
import { startConfiguredPrometheus, type Prometheus } from '../support/prometheus.ts';
import { startPushgateway } from '../support/pushgateway.ts';
import { fixture, projectFolder, rttshark, startRttshark } from '../support/run-command.ts';

export const exampleFolder = path.join(projectFolder, 'examples/prometheus');

const capture = fixture('demo.pcap');

/** How many samples there are in the capture that all of them read. */
const samples = 1137;

export interface Monitored {
  readonly prometheus: Prometheus;
  /** The instances of the two live captures that are scraped: one of classic histograms, one of native ones. */
  readonly classic: string;
  readonly native: string;
  stop(): Promise<void>;
}

/**
 * A Prometheus with the rules of examples/prometheus, which scrapes two live captures, and a Pushgateway that has two
 * analyses and the live capture of classic histograms. Live captures and the analysis "nightly" have read the same
 * capture, the live ones in two parts, between which Prometheus scraped them; "lossy" has counted events of TCP too.
 *
 * @param file - gives the path of a file in a folder of the test
 */
export async function monitored(file: (name: string) => string): Promise<Monitored> {
  const started: { stop(): Promise<void> }[] = [];
  const stop = async () => {
    for (const each of started.splice(0).reverse()) await each.stop();
  };
  try {
    const gateway = await startPushgateway();
    started.push(gateway);
    const [classic, native] = [`127.0.0.1:${await freePort()}`, `127.0.0.1:${await freePort()}`];
    const prometheus = await startPrometheus(gateway.port, [classic, native]);
    started.push(prometheus);
    const push = ['--push', gateway.url];
    const pipes = await Promise.all([
      startLive(
        file('classic'),
        '--listen',
        classic,
        ...push,
        '--interval',
        '500ms',
        '--write',
        file('ring.pcapng'),
      ),
      startLive(file('native'), '--listen', native, '--histogram', 'native', '--exemplars'),
    ]);
    started.push(...pipes);
    const analyze = (file: string, job: string, ...others: readonly string[]) =>
      rttshark(['analyze', file, ...push, '--job', job, '--instance', 'ci', '--format', 'json', ...others]);
    const analyses = [
      analyze(capture, 'nightly'),
      analyze(fixture('impairments.pcap'), 'lossy', '--counters'),
    ];
    for (const { status, stderr } of await Promise.all(analyses)) expect(status, stderr).to.equal(0);
    await feed(await recentCapture(file('recent.pcap')), pipes, prometheus);
    return { prometheus, classic, native, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startPrometheus(gatewayPort: number, captures: readonly string[]): Promise<Prometheus> {
  const often = { scrape_interval: '300ms', scrape_timeout: '300ms' };
  return await startConfiguredPrometheus({
    config: {
      global: { evaluation_interval: '300ms' },
      rule_files: [path.join(exampleFolder, 'rules/*.yml')],
      scrape_configs: [
        { job_name: 'rttshark', ...often, static_configs: [{ targets: captures }] },
        {
          ...{ job_name: 'pushgateway', honor_labels: true, ...often },
          static_configs: [{ targets: [`127.0.0.1:${gatewayPort}`] }],
        },
      ],
    },
  });
}

interface Pipe {
  write(packets: Uint8Array): Promise<void>;
  /** Ends the capture that reads from it. */
  stop(): Promise<void>;
}

/** Starts a live capture that reads from a FIFO. */
async function startLive(fifo: string, ...args: readonly string[]): Promise<Pipe> {
  execFileSync('mkfifo', [fifo]);
  const { child, ended } = startRttshark(['live', '-i', fifo, ...args], { longestRunMs: 120_000 });
  // For reading too, so that opening does not wait for the reader.
  const pipe = await open(fifo, 'r+');
  return {
    write: (packets) => pipe.writeFile(packets),
    stop: async () => {
      child.kill('SIGINT');
      await ended;
      await pipe.close();
    },
  };
}

/** Hands a capture on in two parts, and waits until each was scraped: a rate needs a value before it and behind it. */
async function feed(packets: Uint8Array, pipes: readonly Pipe[], prometheus: Prometheus): Promise<void> {
  const scraped = (what: string, isRight: (count: number) => boolean) =>
    until(`Prometheus had ${what} of the samples`, async () => {
      const found = await prometheus.query('rttshark_samples_total{job="rttshark",instance=~"127.*"}');
      const counts = found.map(({ value }) => Number(value?.[1]));
      return counts.length === pipes.length && counts.every(isRight) ? true : undefined;
    });
  const middle = packets.length >> 1;
  await Promise.all(pipes.map((pipe) => pipe.write(packets.subarray(0, middle))));
  await scraped('some', (count) => count > 0);
  await Promise.all(pipes.map((pipe) => pipe.write(packets.subarray(middle))));
  await scraped('all', (count) => count === samples);
}

/** The bundled capture, as if its last packet had just come: there is no lag of a recording. */
async function recentCapture(file: string): Promise<Uint8Array> {
  const lastPacket = 1_700_000_028;
  const shift = Math.floor(Date.now() / 1000) - lastPacket;
  execFileSync('editcap', ['-F', 'pcap', '-t', `${shift}`, capture, file]);
  return await readFile(file);
}
