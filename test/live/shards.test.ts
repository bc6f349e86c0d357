import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, openSync, writeFileSync } from 'node:fs';
import { Socket } from 'node:net';
import { expect } from 'chai';
import { milliseconds, seconds } from '../../fixtures/pcap/durations.ts';
import { inTimeOrder, linkType, type Frame } from '../../fixtures/pcap/frame.ts';
import { pcapFile } from '../../fixtures/pcap/pcap-file.ts';
import { busyFrames } from '../capture/busy-capture.ts';
import { oddFrames, plainFrames } from '../capture/odd-frames.ts';
import { until } from '../support/deadline.ts';
import { descendants } from '../support/processes.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { analyzed } from './analyzed.ts';
import { beginLive, endingCaptures, type LiveCapture } from './running-live.ts';
import type { LiveDocument } from './wire-capture.ts';

const startNs = seconds(1_700_000_000);
const options = [
  '--format',
  'json',
  '--interval',
  '200ms',
  '--log-level',
  'debug',
  '--restart-pause',
  '100ms',
];

/** A live capture that reads a FIFO, which is written piece by piece. */
class PipedCapture {
  readonly live: LiveCapture;
  readonly #capture: Buffer;
  readonly #pipe: Socket;
  #written = 0;

  private constructor(live: LiveCapture, capture: Buffer, pipe: Socket) {
    this.live = live;
    this.#capture = capture;
    this.#pipe = pipe;
  }

  static async start(fifo: string, capture: Buffer, args: readonly string[]): Promise<PipedCapture> {
    execFileSync('mkfifo', [fifo]);
    const both = openSync(fifo, constants.O_RDWR);
    const pipe = new Socket({ fd: openSync(fifo, constants.O_WRONLY), readable: false, writable: true });
    pipe.write(capture.subarray(0, 24));
    const live = await beginLive(['-i', fifo, ...options, ...args]);
    closeSync(both);
    const piped = new PipedCapture(live, capture, pipe);
    piped.#written = 24;
    return piped;
  }

  /** Writes up to so much of the capture, and waits until samples have come of it. */
  async upTo(share: number): Promise<void> {
    const before = this.samples();
    const end = Math.floor(this.#capture.length * share);
    if (!this.#pipe.write(this.#capture.subarray(this.#written, end))) await once(this.#pipe, 'drain');
    this.#written = end;
    await until('samples of it came', () => (this.samples() > before ? true : undefined));
  }

  /** Ends the pipe; what was measured. */
  async end(): Promise<LiveDocument['measurements']> {
    this.#pipe.end(this.#capture.subarray(this.#written));
    const { status, stderr } = await this.live.ended;
    expect(status, stderr).to.equal(0);
    return this.#documents().at(-1)!.measurements;
  }

  tsharks(): number[] {
    return descendants(this.live.child.pid!)
      .filter(({ commandLine }) => /(?:^|\/)tshark\0/.test(commandLine))
      .map(({ pid }) => pid);
  }

  samples(): number {
    const counts = this.#documents().map(({ measurements }) => measurements[0]?.total.count ?? 0);
    return counts.reduce((sum, count) => sum + count, 0);
  }

  #documents(): LiveDocument[] {
    return this.live
      .output()
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as LiveDocument);
  }
}

describe('live: several tsharks', function () {
  this.timeout(60_000);
  const file = temporaryFolder();
  endingCaptures();

  function captureOf(
    name: string,
    ...groups: readonly (readonly Frame[])[]
  ): { path: string; bytes: Buffer } {
    const path = file(name);
    const bytes = pcapFile(inTimeOrder(...groups), { linkType: linkType.ethernet, nanoseconds: true });
    writeFileSync(path, bytes);
    return { path, bytes };
  }

  it('give the figures of one, over generations, with one of them killed and odd packets behind', async () => {
    const capture = captureOf(
      'busy.pcap',
      busyFrames({ seed: 21, connections: 16, steps: 90 }),
      plainFrames(startNs + milliseconds(500), 50),
      oddFrames('VXLAN', startNs + milliseconds(4500)),
    );
    const bounds = ['--shards', '2', '--generation-packets', '1200', '--overlap', '1s'];
    const piped = await PipedCapture.start(file('fifo'), capture.bytes, bounds);
    await piped.upTo(0.1);
    expect(piped.tsharks().length).to.be.within(2, 6);
    process.kill(piped.tsharks().at(-1)!, 'SIGKILL');
    await piped.live.logged('tshark_died');
    for (const share of [0.2, 0.3, 0.4, 0.5, 0.6, 0.7]) await piped.upTo(share);
    const measured = await piped.end();
    const events = piped.live.log().map(({ event }) => event);
    expect(events).to.include.members(['generation_followed', 'sharing_ended']);
    expect(piped.live.log('generation_started').map(({ shards }) => shards)).to.include(2);
    expect(measured).to.deep.equal(await analyzed([capture.path]));
  });

  it('are one where what is asked for depends on all packets, and the log says why', async () => {
    const capture = captureOf('small.pcap', busyFrames({ seed: 22, connections: 3, steps: 9 }));
    const piped = await PipedCapture.start(file('fifo-full'), capture.bytes, [
      ...['--shards', '3', '--profile', 'full'],
    ]);
    expect(piped.tsharks()).to.have.length(1);
    expect(piped.live.log('shards')[0]).to.include({ reason: 'dissectors above TCP are at work' });
    expect(await piped.end()).to.deep.equal(await analyzed([capture.path]));
  });
});
