import { readdirSync, writeFileSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { expect } from 'chai';
import { CaptureReading } from '../../src/capture/capture-reading.ts';
import type { CaptureRequest } from '../../src/capture/capture-request.ts';
import { InputSpool } from '../../src/capture/input-spool.ts';
import { ShardedReading } from '../../src/capture/sharded-reading.ts';
import { findTshark } from '../../src/tshark/find-tools.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { ownChildren, until } from '../tshark/processes.ts';
import { busyCapture } from './busy-capture.ts';

const schema = { 'frame.time_epoch': 'time', 'tcp.analysis.ack_rtt': 'float64' } as const;
const atOnce = { bytes: 1, milliseconds: 0 };
const never = new AbortController().signal;
const busy = busyCapture({ seed: 11, connections: 40, steps: 60 });
const half = Math.floor(busy.length / 2) + 7;

async function request(spool?: InputSpool, input = '-'): Promise<CaptureRequest<typeof schema>> {
  return { tshark: await findTshark(), input, spool, schema, displayFilter: 'tcp.analysis.ack_rtt' };
}

const openFiles = (): number => readdirSync('/proc/self/fd').length;

describe('a capture that comes through a pipe', () => {
  const file = temporaryFolder();
  let childrenBefore: readonly number[];
  let openBefore: number;
  let rowsOfAll: number;
  let input: PassThrough;
  let spool: InputSpool;

  before(async () => {
    writeFileSync(file('busy.pcap'), busy);
    const reading = new CaptureReading(await request(undefined, file('busy.pcap')));
    rowsOfAll = 0;
    for await (const packets of reading) rowsOfAll += packets.rowCount;
  });

  beforeEach(() => {
    childrenBefore = ownChildren();
    openBefore = openFiles();
    input = new PassThrough({ highWaterMark: 1 << 24 });
    spool = new InputSpool(input);
  });

  afterEach('leaves no process and no open file behind', async () => {
    await spool.close();
    await until('all children are reaped', () => ownChildren().every((pid) => childrenBefore.includes(pid)));
    await until('all files are closed', () => openFiles() <= openBefore);
  });

  /** Two tsharks that share the first half, and have printed rows of it. */
  async function afterHalf() {
    input.write(busy.subarray(0, half));
    await spool.begin(atOnce, never);
    spool.keepInFile();
    const reading = new ShardedReading(await request(spool), { shards: 2 });
    return { reading, rows: reading[Symbol.asyncIterator]() };
  }

  it('is shared while it comes, and may stall', async () => {
    const { reading, rows } = await afterHalf();
    const all = (async () => {
      let count = 0;
      for await (const { packets } of rows) count += packets.rowCount;
      return count;
    })();
    await until('all that has come is read', () => reading.progress().bytesRead! > half - 100_000);
    expect(reading.progress().bytesTotal).to.equal(undefined);
    input.end(busy.subarray(half));
    expect(await all).to.equal(rowsOfAll);
    expect(reading.unsafe).to.equal(undefined);
    expect(reading.end).to.include({ kind: 'done', rows: rowsOfAll });
    expect(reading.progress().bytesRead).to.equal(busy.length);
  });

  it('can be stopped while everybody waits for more', async () => {
    const { reading, rows } = await afterHalf();
    const drained = (async () => {
      while ((await rows.next()).done !== true);
    })();
    await until('all that has come is read', () => reading.progress().bytesRead! > half - 100_000);
    await reading.stop();
    await drained;
    expect(reading.end?.kind).to.equal('stopped');
  });

  it('does not have to come for the end of a tshark to be noticed', async () => {
    const { reading, rows } = await afterHalf();
    const drained = (async () => {
      while ((await rows.next()).done !== true);
    })();
    await until('all that has come is read', () => reading.progress().bytesRead! > half - 100_000);
    for (const pid of ownChildren().filter((each) => !childrenBefore.includes(each)))
      process.kill(pid, 'SIGKILL');
    await drained;
    expect(reading.end?.kind).to.equal('died');
  });

  it('is given again from its beginning, with what comes later', async () => {
    input.write(busy.subarray(0, half));
    await spool.begin(atOnce, never);
    spool.keepInFile();
    const all = buffer(spool.stream());
    input.end(busy.subarray(half));
    expect((await all).equals(busy)).to.equal(true);
  });

  it('is given as it was where it was not kept in a file', async () => {
    input.write(busy.subarray(0, 10));
    expect(await spool.begin({ bytes: 11, milliseconds: 1 }, never)).to.have.length(10);
    const all = buffer(spool.stream());
    input.end(busy.subarray(10));
    expect((await all).equals(busy)).to.equal(true);
  });

  it('is given up where there is no space, and nothing of it is lost', async () => {
    const small = new InputSpool(input, half + 1000);
    try {
      input.write(busy.subarray(0, half));
      await small.begin(atOnce, never);
      small.keepInFile();
      const reading = new ShardedReading(await request(small), { shards: 2 });
      const rows = reading[Symbol.asyncIterator]();
      const drained = (async () => {
        while ((await rows.next()).done !== true);
      })();
      await until('all that has come is read', () => reading.progress().bytesRead! > half - 100_000);
      input.end(busy.subarray(half));
      await drained;
      expect(reading.unsafe).to.match(/space/);
      expect((await buffer(small.stream())).equals(busy)).to.equal(true);
    } finally {
      await small.close();
    }
  });

  it('that fails is given up, and fails for who reads it again', async () => {
    input.write(busy.subarray(0, half));
    await spool.begin(atOnce, never);
    spool.keepInFile();
    input.destroy(new Error('the cable broke'));
    expect(await spool.givenUp).to.match(/failed/);
    const failed = await buffer(spool.stream()).catch((error: unknown) => error);
    expect(failed).to.be.an('error').with.property('message', 'the cable broke');
  });

  it('that never comes need not be waited for', async () => {
    const stop = new AbortController();
    const begun = spool.begin(atOnce, stop.signal);
    stop.abort();
    expect(await begun).to.have.length(0);
  });
});
