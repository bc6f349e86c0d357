import { rmSync } from 'node:fs';
import { expect } from 'chai';
import { Random } from '../../fixtures/pcap/random.ts';
import { fakeTool, ownChildren } from '../tshark/processes.ts';
import { until } from '../support/deadline.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { busyCapture } from './busy-capture.ts';
import { batchesOf, feedAll, rowsOfOneTshark, startChain, type ChainRun } from './live-chain.ts';

/** 1, or 0 where it has ended by itself. */
function killedBy(pid: number, signal: NodeJS.Signals): number {
  try {
    process.kill(pid, signal);
    return 1;
  } catch {
    return 0;
  }
}

describe('tsharks that follow each other', function () {
  this.timeout(60_000);
  let before: readonly number[];
  let run: ChainRun | undefined;
  const file = temporaryFolder();

  beforeEach(() => {
    before = ownChildren();
  });

  afterEach('leave no process behind', async () => {
    await run?.chain.stop();
    run = undefined;
    await until('all children are reaped', () =>
      ownChildren().every((pid) => before.includes(pid)) ? true : undefined,
    );
  });

  it('give the rows of one tshark, all of them and in order', async () => {
    const capture = busyCapture({ seed: 1, connections: 40, steps: 160 });
    run = await startChain({ limits: { packets: 1500, memoryBytes: Infinity, overlapSeconds: 1 } });
    await feedAll(run, batchesOf(capture, run.table));
    await run.chain.finish();
    const expected = await rowsOfOneTshark(capture);
    expect(expected.length).to.be.greaterThan(5000);
    expect(run.count('generation_followed')).to.be.at.least(4);
    expect(run.chain.differences).to.equal(0);
    expect(run.rows).to.deep.equal(expected);
    expect(run.count('tshark_died')).to.equal(0);
  });

  it('take turns by the memory that they hold', async () => {
    const capture = busyCapture({ seed: 2, connections: 10, steps: 60 });
    run = await startChain({ limits: { packets: 1e9, memoryBytes: 1, overlapSeconds: 0.5 } });
    const { chain, events } = run;
    const batches = batchesOf(capture, run.table);
    await feedAll(run, batches.slice(0, 20));
    await until('the next one is started', () => events.find(({ kind }) => kind === 'generation_started'));
    await feedAll(run, batches.slice(20));
    await chain.finish();
    expect(events[0]).to.include({ kind: 'generation_started', why: 'memory', generation: 2 });
    expect(run.rows).to.deep.equal(await rowsOfOneTshark(capture));
  });

  for (const seed of [3, 4, 5]) {
    it(`lose and double nothing when they are killed at any moment (${seed})`, async () => {
      const random = new Random(seed);
      const capture = busyCapture({ seed, connections: 24, steps: 120 });
      run = await startChain({ limits: { packets: 1500, memoryBytes: Infinity, overlapSeconds: 1 } });
      const { chain } = run;
      let killed = 0;
      await feedAll(run, batchesOf(capture, run.table), () => {
        const pids = chain.pids();
        if (pids.length === 0 || random.integer(0, 15) > 0) return;
        killed += killedBy(pids[random.integer(0, pids.length - 1)]!, 'SIGKILL');
      });
      await chain.finish();
      expect(killed).to.be.greaterThan(1);
      expect(run.count('tshark_died')).to.be.within(1, killed);
      const lost = run.events.filter((event) => event.kind === 'tshark_restarted' && event.lostPackets > 0);
      expect(lost).to.deep.equal([]);
      expect(run.rows).to.deep.equal(await rowsOfOneTshark(capture));
    });
  }

  it('lose nothing when one is killed at the end, with all packets before it', async () => {
    const capture = busyCapture({ seed: 6, connections: 10, steps: 60 });
    run = await startChain();
    for (const batch of batchesOf(capture, run.table)) run.chain.feed(batch);
    const finished = run.chain.finish();
    for (const pid of run.chain.pids()) process.kill(pid, 'SIGKILL');
    await finished;
    expect(run.count('tshark_restarted')).to.equal(1);
    expect(run.rows).to.deep.equal(await rowsOfOneTshark(capture));
  });

  it('replace one that reads no more', async () => {
    const first = file('first');
    process.env['FAKE_FIRST'] = first;
    try {
      const capture = busyCapture({ seed: 7, connections: 20, steps: 60 });
      run = await startChain({ tshark: fakeTool('tshark-hangs'), hungAfterMs: 500 });
      const { chain, events } = run;
      for (const batch of batchesOf(capture, run.table)) chain.feed(batch);
      expect(chain.backlogBytes).to.be.greaterThan(0);
      const died = await until('it is given up', () => events.find(({ kind }) => kind === 'tshark_died'));
      expect(died).to.include({ hung: true });
      await chain.finish();
      expect(run.rows).to.deep.equal(await rowsOfOneTshark(capture));
    } finally {
      delete process.env['FAKE_FIRST'];
      rmSync(first, { force: true });
    }
  });

  it('replace one that does not end when it is to', async () => {
    const first = file('first');
    process.env['FAKE_FIRST'] = first;
    try {
      const capture = busyCapture({ seed: 8, connections: 1, steps: 3 });
      run = await startChain({ tshark: fakeTool('tshark-hangs'), hungAfterMs: 500 });
      for (const batch of batchesOf(capture, run.table)) run.chain.feed(batch);
      await run.chain.finish();
      expect(run.count('tshark_restarted')).to.equal(1);
      expect(run.rows).to.deep.equal(await rowsOfOneTshark(capture));
    } finally {
      delete process.env['FAKE_FIRST'];
      rmSync(first, { force: true });
    }
  });

  it('skip a packet that none survives, and count what is lost', async () => {
    const [early, late] = [9, 10].map((seed) => busyCapture({ seed, connections: 4, steps: 30 }));
    const poison = Buffer.from(busyCapture({ seed: 11, connections: 1, steps: 1 }));
    poison.write('poison', poison.length - 6);
    run = await startChain({ tshark: fakeTool('tshark-dies-of-a-packet'), longestPauseMs: 50 });
    const { chain, table, events, rows } = run;
    await feedAll(run, batchesOf(early!, table));
    await until('all rows are there', async () =>
      rows.length === (await rowsOfOneTshark(early!)).length ? true : undefined,
    );
    await feedAll(run, batchesOf(poison, table));
    const restarted = await until('it goes on without it', () =>
      events.find((event) => event.kind === 'tshark_restarted' && event.lostPackets > 0),
    );
    expect(run.count('tshark_died')).to.equal(4);
    expect(restarted).to.have.property('lostPackets').that.is.within(1, chain.packets);
    const rowsBefore = [...rows];
    await feedAll(run, batchesOf(late!, table));
    await chain.finish();
    expect(rows).to.deep.equal([...rowsBefore, ...(await rowsOfOneTshark(late!))]);
  });

  describe('that die at once', () => {
    it('are started again after pauses that grow, for as long as it takes', async () => {
      run = await startChain({ tshark: fakeTool('tshark-dies-at-once'), longestPauseMs: 400 });
      const { events } = run;
      await until('some have died', () => (events.length >= 10 ? true : undefined));
      const pauses = events.flatMap((event) => (event.kind === 'tshark_died' ? [event.pauseMs] : []));
      expect(pauses.slice(0, 5)).to.deep.equal([50, 100, 200, 400, 400]);
    });

    it('do not keep it from its end', async () => {
      run = await startChain({ tshark: fakeTool('tshark-dies-at-once') });
      const packets = batchesOf(busyCapture({ seed: 12, connections: 1, steps: 3 }), run.table);
      for (const batch of packets) run.chain.feed(batch);
      await run.chain.finish();
      expect(run.events.at(-1)).to.deep.equal({
        kind: 'packets_given_up',
        lostPackets: run.chain.packets,
      });
      expect(run.rows).to.deep.equal([]);
    });

    it('can be stopped', async () => {
      run = await startChain({ tshark: '/nowhere/tshark', longestPauseMs: 60_000 });
      const { events } = run;
      await until('one has died', () => events.find(({ kind }) => kind === 'tshark_died'));
      await run.chain.stop();
      const count = events.length;
      await run.chain.finish();
      expect(events).to.have.length(count);
    });
  });

  it('end when they are stopped with packets before them, and while the first is being started', async () => {
    run = await startChain();
    for (const batch of batchesOf(busyCapture({ seed: 13, connections: 10, steps: 60 }), run.table)) {
      run.chain.feed(batch);
    }
    const pids = run.chain.pids();
    await Promise.all([run.chain.stop(), run.chain.stop(), run.chain.finish()]);
    expect(pids.every((pid) => !ownChildren().includes(pid))).to.equal(true);
  });

  it('let waiting packets go on when the slow one of two has died', async () => {
    /** How many events there were when it was called. */
    const drained: number[] = [];
    const capture = busyCapture({ seed: 15, connections: 40, steps: 120 });
    run = await startChain({
      limits: { packets: 4000, memoryBytes: Infinity, overlapSeconds: 1e6 },
      onDrain: () => drained.push(run?.events.length ?? 0),
    });
    const { chain, events } = run;
    const bytesAtOnce = 4096;
    const batches = batchesOf(capture, run.table, bytesAtOnce);
    const count = batches.length;
    const fedUpTo = (packets: number) => {
      const part: typeof batches = [];
      for (let known = chain.packets; known < packets;) {
        const batch = batches.shift()!;
        part.push(batch);
        known += batch.packets;
      }
      return feedAll(run!, part);
    };
    await fedUpTo(4000);
    await until('the next one is started', () => events.find(({ kind }) => kind === 'generation_started'));
    await fedUpTo(6200);
    // What the slow one still owes then, the next one has been seen to give.
    const fed = await rowsOfOneTshark(capture.subarray(0, (count - batches.length) * bytesAtOnce));
    await until('all rows so far are there', () => (run?.rows.length === fed.length ? true : undefined));
    const [slow] = chain.pids();
    process.kill(slow!, 'SIGSTOP');
    await fedUpTo(7600);
    expect(chain.backlogBytes).to.be.greaterThan(10_000);
    process.kill(slow!, 'SIGKILL');
    await until('it has died', () => events.find(({ kind }) => kind === 'tshark_died'));
    expect(events.at(-1)).to.include({ kind: 'tshark_died', pauseMs: null });
    await until('whoever waits has been told', () => drained.find((count) => count === events.length));
    await until('nothing waits any more', () => (chain.backlogBytes === 0 ? true : undefined));
    await feedAll(run, batches);
    await chain.finish();
    expect(run.rows).to.deep.equal(await rowsOfOneTshark(capture));
  });

  it('let waiting packets go on when the one that they waited for has gone', async () => {
    let drained = 0;
    const capture = busyCapture({ seed: 14, connections: 20, steps: 100 });
    run = await startChain({ onDrain: () => (drained += 1) });
    const { chain } = run;
    for (const pid of chain.pids()) process.kill(pid, 'SIGSTOP');
    for (const batch of batchesOf(capture, run.table)) chain.feed(batch);
    expect(chain.backlogBytes).to.be.greaterThan(100_000);
    expect(drained).to.equal(0);
    for (const pid of chain.pids()) process.kill(pid, 'SIGKILL');
    await until('nothing waits any more', () =>
      drained > 0 && chain.backlogBytes === 0 && run?.count('tshark_restarted') === 1 ? true : undefined,
    );
    await chain.finish();
    expect(run.rows).to.deep.equal(await rowsOfOneTshark(capture));
  });
});
