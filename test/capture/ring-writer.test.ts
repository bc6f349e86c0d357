import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { InterfaceTable } from '../../src/capture/interface-table.ts';
import { RingWriter, type RingWriterOptions } from '../../src/capture/ring-writer.ts';
import { until } from '../support/deadline.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { busyCapture } from './busy-capture.ts';
import { batchesOf } from './live-chain.ts';

const packets = busyCapture({ seed: 20, connections: 8, steps: 40 });

/** Time and bytes of each packet. */
function packetsIn(path: string): string[] {
  const fields = ['frame.time_epoch', 'tcp.srcport', 'tcp.seq_raw', 'tcp.ack_raw', 'frame.interface_name'];
  const args = ['-n', '-r', path, '-T', 'fields', ...fields.flatMap((field) => ['-e', field])];
  const text = execFileSync('tshark', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  return text.split('\n').filter((line) => line !== '');
}

describe('writing what is analyzed', function () {
  this.timeout(60_000);
  const file = temporaryFolder();
  let count = 0;

  function folder(): string {
    const path = file(`ring-${(count += 1)}`);
    mkdirSync(path, { recursive: true });
    return path;
  }

  function writer(options: Partial<RingWriterOptions> & { path: string }) {
    const table = new InterfaceTable();
    const told: string[] = [];
    const ring = new RingWriter({
      limits: null,
      prelude: () => table.prelude,
      mostWaitingBytes: 64 * 1024 * 1024,
      retryAfterMs: 100,
      onTrouble: (words) => told.push(words),
      onRecovery: (lost) => told.push(`lost ${lost}`),
      ...options,
    });
    return { table, told, ring };
  }

  const originals = () => {
    writeFileSync(file('original.pcap'), packets);
    return packetsIn(file('original.pcap')).map((line) => `${line}eth0`);
  };

  function namesIn(path: string): string[] {
    return readdirSync(path)
      .sort()
      .map((name) => `${path}/${name}`);
  }

  it('gives one file with all packets, which nobody else may read', async () => {
    const path = `${folder()}/all.pcapng`;
    const { ring, table } = writer({ path });
    await ring.start();
    for (const batch of batchesOf(packets, table)) ring.write(batch);
    await ring.close();
    expect(packetsIn(path)).to.deep.equal(originals());
    expect(ring.bytes).to.equal(statSync(path).size);
    expect(statSync(path).mode & 0o777).to.equal(0o600);
  });

  for (const { title, limits } of [
    { title: 'size', limits: { fileBytes: 20_000 } },
    { title: 'time', limits: { durationSeconds: 0.4 } },
  ]) {
    it(`begins a new file by ${title}; all of them joined give the packets in their order`, async () => {
      const path = folder();
      const { ring, table } = writer({ path: `${path}/t.pcapng`, limits });
      await ring.start();
      for (const batch of batchesOf(packets, table)) ring.write(batch);
      await ring.close();
      const names = namesIn(path);
      expect(names.length).to.equal(ring.files).and.to.be.greaterThan(3);
      expect(names.flatMap(packetsIn)).to.deep.equal(originals());
      execFileSync('mergecap', ['-w', file('merged.pcapng'), ...names]);
      expect(packetsIn(file('merged.pcapng'))).to.deep.equal(originals());
    });
  }

  it('keeps the newest files', async () => {
    const path = folder();
    const { ring, table } = writer({ path: `${path}/t.pcapng`, limits: { fileBytes: 20_000, files: 3 } });
    await ring.start();
    for (const batch of batchesOf(packets, table)) ring.write(batch);
    await ring.close();
    const kept = namesIn(path).flatMap(packetsIn);
    expect(namesIn(path)).to.have.length(3);
    expect(kept).to.deep.equal(originals().slice(-kept.length));
  });

  it('begins a new file though the clock was set back, when one is twice as large as it may be', async () => {
    const path = folder();
    const { ring, table } = writer({ path: `${path}/t.pcapng`, limits: { fileBytes: 20_000 } });
    await ring.start();
    const back = Array.from({ length: 3 }, () => batchesOf(packets, table))
      .flat()
      .reverse();
    for (const batch of back) ring.write(batch);
    await ring.close();
    for (const name of namesIn(path)) expect(statSync(name).size).to.be.lessThan(50_000);
  });

  it('writes the interfaces that came with packets that were lost', async () => {
    const path = `${folder()}/slow.pcapng`;
    const { ring, table, told } = writer({ path, mostWaitingBytes: 0 });
    await ring.start();
    const batches = batchesOf(packets, table);
    for (const batch of batches) ring.write(batch);
    const lost = ring.lostPackets;
    expect(told).to.deep.equal(['The disk is too slow.']);
    await ring.close();
    expect(lost).to.be.greaterThan(0);
    expect(packetsIn(path)).to.deep.equal(originals().slice(0, originals().length - lost));
    expect(told).to.deep.equal(['The disk is too slow.']);

    const late = writer({ path: `${path}.2`, mostWaitingBytes: 0 });
    await late.ring.start();
    // The first batch waits, and the second, with an interface that is new, is lost; the third needs it.
    const [one] = batchesOf(packets.subarray(0, 400), late.table);
    const [two, three] = batchesOf(busyCapture({ seed: 21, connections: 1, steps: 9 }), late.table, 700);
    late.ring.write(one!);
    late.ring.write(two!);
    await until('the first is written', () =>
      late.ring.bytes > late.table.prelude.length ? true : undefined,
    );
    await until('it can take more', () => {
      const before = late.ring.lostPackets;
      late.ring.write(three!);
      return late.ring.lostPackets === before ? true : undefined;
    });
    await late.ring.close();
    expect(packetsIn(`${path}.2`)).to.have.length(one!.packets + three!.packets);
  });

  it('cannot begin where the file cannot be made', async () => {
    const { ring } = writer({ path: '/nowhere/t.pcapng' });
    const error: unknown = await ring.start().catch((reason: unknown) => reason);
    expect(error).to.include({ code: 'usage', message: 'The file "/nowhere/t.pcapng" cannot be written.' });
  });

  describe('on a disk that gets full', function () {
    let disk: string;

    before('mount a small one', function () {
      if (process.getuid?.() !== 0) this.skip();
      disk = folder();
      try {
        execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'rttshark-test', disk], { stdio: 'ignore' });
      } catch (error) {
        if (process.env['CI'] !== undefined) throw error;
        this.skip();
      }
    });

    after(() => {
      if (existsSync(disk)) execFileSync('umount', [disk], { stdio: 'ignore' });
    });

    for (const limits of [null, { fileBytes: 20_000 }]) {
      it(`keeps what is there, says so once, and goes on when there is room (${limits === null ? 'one file' : 'a ring'})`, async () => {
        for (const name of namesIn(disk)) execFileSync('rm', [name]);
        const { ring, table, told } = writer({ path: `${disk}/t.pcapng`, limits });
        await ring.start();
        const batches = batchesOf(packets, table);
        const writeUntil = async (what: string, happened: () => boolean) => {
          for (const batch of batches) ring.write(batch);
          await until(what, () => {
            ring.write(batches.at(-1)!);
            return happened() ? true : undefined;
          });
        };
        await writeUntil('the disk is full', () => ring.lostPackets > 0);
        const lost = ring.lostPackets;
        await until('it was tried again', () => {
          ring.write(batches.at(-1)!);
          return ring.lostPackets > lost + 100 ? true : undefined;
        });
        expect(told).to.have.length(1);
        expect(told[0]).to.include('ENOSPC');
        const there = namesIn(disk).flatMap(packetsIn);
        expect(there.length).to.be.greaterThan(100);
        expect(originals().slice(0, there.length)).to.deep.equal(there);
        for (const name of namesIn(disk)) expect(statSync(name).size).to.be.greaterThan(0);

        execFileSync('mount', ['-o', 'remount,size=512k', disk]);
        await writeUntil('it is written again', () => told.length === 2);
        await writeUntil('the disk is full again', () => told.length === 3);
        await ring.close();
        const after = namesIn(disk).flatMap(packetsIn);
        expect(after.slice(0, there.length)).to.deep.equal(there);
        expect(after.length).to.be.greaterThan(there.length);
        expect(told[1]).to.match(/^lost \d+$/);
        for (const name of namesIn(disk)) execFileSync('rm', [name]);
        execFileSync('mount', ['-o', 'remount,size=64k', disk]);
      });
    }
  });
});
