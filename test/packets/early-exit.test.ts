import { createReadStream, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { RttsharkError } from '../../src/errors.ts';
import { capture, type Capture } from '../../src/packets/capture.ts';
import type { CaptureSource } from '../../src/packets/capture-source.ts';
import { randomNumbers } from '../../src/table/random-numbers.ts';
import { fixture } from '../capture/fixtures.ts';
import { startSshServer, type SshServer } from '../tshark/ssh-server.ts';
import { endlessBytes, endlessPackets } from './endless-packets.ts';
import { leftovers } from './leftovers.ts';
import { udpTraffic } from './udp-traffic.ts';

/** How many of each kind of source; RTTSHARK_TEST_EXITS=200 for the long run. */
const exits = Number(process.env['RTTSHARK_TEST_EXITS'] ?? 6);
const seed = Number(process.env['RTTSHARK_TEST_SEED'] ?? 1);
const atOnce = 3;
const longestMs = 800;

/** Capturing needs rights, and so does an sshd that lets others in. */
const needRoot: ReadonlySet<string> = new Set(['an interface', 'another host']);
const isRoot = process.getuid?.() === 0;

const ways = ['break', 'throw', 'abort', 'timeout', 'close', 'dispose'] as const;

interface Exit {
  readonly way: (typeof ways)[number];
  readonly afterRows: number;
  readonly afterMs: number;
  readonly withKeys: boolean;
}

class Enough extends Error {}

/** Leaves a capture in one of the ways, and settles when it is over. */
async function leave(input: CaptureSource, { way, afterRows, afterMs, withKeys }: Exit): Promise<void> {
  const controller = new AbortController();
  await using started: Capture = capture({
    input,
    fields: ['frame.number', 'udp.length'] as readonly string[],
    signal: controller.signal,
    ...(way === 'timeout' ? { timeoutMs: afterMs } : {}),
    ...(withKeys ? { keys: { wlan: [{ type: 'wpa-pwd', key: 'secret' }] } } : {}),
  });
  const timer = setTimeout(() => {
    if (way === 'abort') controller.abort();
    if (way === 'close') void started.close();
  }, afterMs);
  try {
    let rows = 0;
    // One that is left without a word, as by an exception of its user's, is ended by what disposes of it.
    const iterator = started.rows();
    for (;;) {
      const next = await iterator.next();
      if (next.done === true) break;
      if (way === 'dispose' && rows >= afterRows) return;
      if (way === 'break' && rows >= afterRows) {
        await iterator.return();
        return;
      }
      if (way === 'throw' && rows >= afterRows) await iterator.throw(new Enough());
      rows += 1;
    }
  } catch (error) {
    if (way === 'throw' && error instanceof Enough) return;
    if (way === 'abort' && error instanceof RttsharkError && error.code === 'interrupted') return;
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

describe('leaving a capture early', function () {
  this.timeout(600_000);
  const left = leftovers();
  const traffic = udpTraffic();
  let sshd: SshServer | undefined;
  before(async () => {
    if (isRoot) sshd = await startSshServer();
    // What compiles the sources for the tests starts a process of its own for those that it meets first later on.
    await import('../../src/packets/live-plan.ts');
    await import('../../src/packets/live-reading.ts');
    left.begin();
  });
  after(() => sshd?.stop());

  const sources: Readonly<Record<string, () => CaptureSource>> = {
    'a file': () => fixture('demo.pcap'),
    'joined files': () => ({ join: [fixture('ring_00001.pcap'), fixture('ring_00002.pcap')] }),
    'a file as a stream': () => createReadStream(fixture('demo.pcap')),
    'an endless stream': () => endlessBytes(),
    'bytes in memory': () => readFileSync(fixture('demo.pcap')),
    'packets in memory': () => ({ packets: endlessPackets() }),
    'a pipe': () => ({ pipe: endlessBytes() }),
    'an interface': () => ({ interfaces: 'lo', captureFilter: `udp port ${traffic.port}` }),
    'another host': () => ({
      remote: `ssh://${sshd!.user}@127.0.0.1:${sshd!.port}`,
      interface: 'lo',
      sshOptions: sshd!.sshOptions,
      captureFilter: `udp port ${traffic.port}`,
    }),
  };

  for (const [kind, sourceOf] of Object.entries(sources)) {
    it(`from ${kind} leaves nothing behind`, async function () {
      if (!isRoot && needRoot.has(kind)) this.skip();
      const random = randomNumbers(seed);
      for (let done = 0; done < exits; done += atOnce) {
        const some = Array.from({ length: Math.min(atOnce, exits - done) }, (_, i): Exit => ({
          // Each way in its turn, whatever the dice say.
          way: ways[(done + i) % ways.length] ?? 'break',
          afterRows: Math.floor(random() * 40),
          afterMs: 1 + Math.floor(random() * longestMs),
          withKeys: random() < 0.25,
        }));
        // An endless one ends only as it is told to.
        const results = await Promise.allSettled(some.map((exit) => leave(sourceOf(), exit)));
        const problems = results.flatMap((result) =>
          result.status === 'rejected' ? [String(result.reason)] : [],
        );
        expect(problems, JSON.stringify(some)).to.deep.equal([]);
        await left.none(`${kind}: ${JSON.stringify(some)}`);
      }
    });
  }
});
