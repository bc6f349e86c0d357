import { readdirSync, rmSync } from 'node:fs';
import { expect } from 'chai';
import fc from 'fast-check';
import { milliseconds, seconds } from '../../fixtures/pcap/durations.ts';
import { inTimeOrder, linkType, type Frame } from '../../fixtures/pcap/frame.ts';
import { pcapFile } from '../../fixtures/pcap/pcap-file.ts';
import { Random } from '../../fixtures/pcap/random.ts';
import { until } from '../support/deadline.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { fakeTool, ownChildren } from '../tshark/processes.ts';
import { busyCapture, busyFrames } from './busy-capture.ts';
import { batchesOf, feedAll, rowsOfOneTshark, startChain, type ChainRun } from './live-chain.ts';
import { allOddities, oddFrames, plainFrames, type Oddity } from './odd-frames.ts';

/** RTTSHARK_TEST_RUNS=50 tries more random captures. */
const runs = Number(process.env['RTTSHARK_TEST_RUNS'] ?? 2);
const startNs = seconds(1_700_000_000);
const openFiles = (): number => readdirSync('/proc/self/fd').length;

function captureOf(...groups: readonly (readonly Frame[])[]): Buffer {
  return pcapFile(inTimeOrder(...groups), { linkType: linkType.ethernet, nanoseconds: true });
}

/** 1, or 0 where it has ended by itself. */
function killed(pid: number): number {
  try {
    process.kill(pid, 'SIGKILL');
    return 1;
  } catch {
    return 0;
  }
}

describe('tsharks that share live packets', function () {
  this.timeout(60_000);
  let childrenBefore: readonly number[];
  let filesBefore: number;
  let run: ChainRun | undefined;
  const file = temporaryFolder();

  beforeEach(() => {
    childrenBefore = ownChildren();
    filesBefore = openFiles();
  });

  afterEach('leave no process and no open file behind', async () => {
    await run?.chain.stop();
    run = undefined;
    await until('all children are reaped', () =>
      ownChildren().every((pid) => childrenBefore.includes(pid)) ? true : undefined,
    );
    await until('all files are closed', () => (openFiles() <= filesBefore ? true : undefined));
  });

  it('give the rows of one, all of them and in order, though others follow them', async () => {
    const capture = captureOf(
      busyFrames({ seed: 1, connections: 24, steps: 60 }),
      plainFrames(startNs + milliseconds(600), 200),
    );
    run = await startChain({
      shards: 3,
      limits: { packets: 1500, memoryBytes: Infinity, overlapSeconds: 1 },
    });
    const processes = new Set<number>();
    await feedAll(run, batchesOf(capture, run.table), () => processes.add(run!.chain.pids().length));
    await run.chain.finish();
    const started = run.events.filter((event) => event.kind === 'generation_started');
    expect(started.map(({ shards }) => shards)).to.deep.equal(started.map(() => 3));
    expect(run.count('generation_followed')).to.be.at.least(1);
    expect(run.chain.differences).to.equal(0);
    expect(run.count('sharing_ended') + run.count('tshark_died')).to.equal(0);
    expect([...processes], 'and one for the packets of no flow').to.include.members([3, 4]);
    expect(run.rows).to.deep.equal(await rowsOfOneTshark(capture));
  });

  it('give rows that no later packet pushes out', async () => {
    const capture = busyCapture({ seed: 2, connections: 9, steps: 12 });
    run = await startChain({ shards: 2 });
    await feedAll(run, batchesOf(capture, run.table));
    const expected = await rowsOfOneTshark(capture);
    await until('all rows are there', () => (run!.rows.length === expected.length ? true : undefined));
    await until('nothing waits', () => (run!.chain.backlogBytes === 0 ? true : undefined));
    expect(run.rows).to.deep.equal(expected);
  });

  for (const oddity of allOddities) {
    it(`are followed by one where packets cannot be shared any more: ${oddity}`, async () => {
      const capture = captureOf(
        busyFrames({ seed: 3, connections: 12, steps: 25 }),
        oddFrames(oddity, startNs + milliseconds(1500)),
      );
      run = await startChain({ shards: 2 });
      await feedAll(run, batchesOf(capture, run.table));
      const ended = await until('they end', () => run!.events.find(({ kind }) => kind === 'sharing_ended'));
      await until('one goes on', () => (run!.chain.pids().length === 1 ? true : undefined));
      await run.chain.finish();
      expect(ended).to.have.property('packet').that.is.within(100, run.chain.packets);
      expect(run.events).to.have.length(1);
      expect(run.rows).to.deep.equal(await rowsOfOneTshark(capture));
    });
  }

  it('are followed by one where the last packet tells it', async () => {
    const late = oddFrames('VXLAN', startNs + seconds(60)).slice(0, 3);
    const capture = captureOf(busyFrames({ seed: 4, connections: 6, steps: 10 }), late);
    run = await startChain({ shards: 2 });
    for (const batch of batchesOf(capture, run.table)) run.chain.feed(batch);
    await run.chain.finish();
    expect(run.count('sharing_ended')).to.equal(1);
    expect(run.rows).to.deep.equal(await rowsOfOneTshark(capture));
  });

  it('lose and double nothing when one of them is killed at any moment', async () => {
    const random = new Random(5);
    const capture = busyCapture({ seed: 5, connections: 24, steps: 70 });
    run = await startChain({
      shards: 2,
      limits: { packets: 1500, memoryBytes: Infinity, overlapSeconds: 1 },
    });
    const { chain } = run;
    let kills = 0;
    await feedAll(run, batchesOf(capture, run.table), () => {
      const pids = chain.pids();
      if (pids.length > 0 && random.integer(0, 15) === 0)
        kills += killed(pids[random.integer(0, pids.length - 1)]!);
    });
    await chain.finish();
    expect(kills).to.be.greaterThan(1);
    expect(run.count('tshark_died')).to.be.within(1, kills);
    const lost = run.events.filter((event) => event.kind === 'tshark_restarted' && event.lostPackets > 0);
    expect(lost).to.deep.equal([]);
    expect(run.rows).to.deep.equal(await rowsOfOneTshark(capture));
  });

  it('share again after one of them has died', async () => {
    const capture = busyCapture({ seed: 6, connections: 12, steps: 40 });
    run = await startChain({ shards: 2, limits: { packets: 1e9, memoryBytes: Infinity, overlapSeconds: 1 } });
    const batches = batchesOf(capture, run.table);
    await feedAll(run, batches.slice(0, 20));
    process.kill(run.chain.pids()[1]!, 'SIGKILL');
    await until('one has taken their place', () =>
      run!.events.find(({ kind }) => kind === 'tshark_restarted'),
    );
    await feedAll(run, batches.slice(20));
    const next = await until('two follow it', () =>
      run!.events.find((event) => event.kind === 'generation_started'),
    );
    await run.chain.finish();
    expect(next).to.include({ why: 'shards', shards: 2 });
    expect(run.rows).to.deep.equal(await rowsOfOneTshark(capture));
  });

  it('are replaced where one of them reads no more', async () => {
    const first = file('first');
    process.env['FAKE_FIRST'] = first;
    try {
      const capture = busyCapture({ seed: 7, connections: 20, steps: 30 });
      run = await startChain({ shards: 2, tshark: fakeTool('tshark-hangs'), hungAfterMs: 500 });
      const { chain, events } = run;
      for (const batch of batchesOf(capture, run.table)) chain.feed(batch);
      const died = await until('it is given up', () => events.find(({ kind }) => kind === 'tshark_died'));
      expect(died).to.include({ hung: true });
      await chain.finish();
      expect(run.rows).to.deep.equal(await rowsOfOneTshark(capture));
    } finally {
      delete process.env['FAKE_FIRST'];
      rmSync(first, { force: true });
    }
  });

  it('can be stopped at once', async () => {
    run = await startChain({ shards: 2 });
    for (const batch of batchesOf(captureOf(plainFrames(startNs, 9)), run.table)) run.chain.feed(batch);
    const pids = run.chain.pids();
    await Promise.all([run.chain.stop(), run.chain.stop(), run.chain.finish()]);
    expect(pids.filter((pid) => ownChildren().includes(pid))).to.deep.equal([]);
  });

  it('give the rows of one for any packets, with any of them killed', async function () {
    this.timeout(20_000 + runs * 8000);
    const scenario = fc.record({
      seed: fc.nat(),
      shards: fc.integer({ min: 1, max: 3 }),
      packets: fc.integer({ min: 300, max: 1200 }),
      bytesAtOnce: fc.integer({ min: 200, max: 20_000 }),
      oddity: fc.option(fc.constantFrom<Oddity>(...allOddities), { freq: 1 }),
      oddAfterMs: fc.integer({ min: 0, max: 3000 }),
      plain: fc.integer({ min: 0, max: 30 }),
      killAt: fc.option(fc.integer({ min: 1, max: 60 })),
    });
    const property = fc.asyncProperty(scenario, async ({ seed, shards, packets, bytesAtOnce, ...made }) => {
      const { oddity, oddAfterMs, plain, killAt } = made;
      const capture = captureOf(
        busyFrames({ seed, connections: 12, steps: 25 }),
        oddity === null ? [] : oddFrames(oddity, startNs + milliseconds(oddAfterMs), seed),
        plainFrames(startNs + milliseconds(oddAfterMs / 2), plain),
      );
      run = await startChain({ shards, limits: { packets, memoryBytes: Infinity, overlapSeconds: 1 } });
      const { chain } = run;
      await feedAll(run, batchesOf(capture, run.table, bytesAtOnce), (index) => {
        const pids = chain.pids();
        if (index === killAt && pids.length > 0) killed(pids[seed % pids.length]!);
      });
      await chain.finish();
      expect(run.rows).to.deep.equal(await rowsOfOneTshark(capture));
    });
    await fc.assert(property, { numRuns: runs });
  });
});
