import { execFileSync } from 'node:child_process';
import { closeSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { expect } from 'chai';
import { InterfaceTable } from '../../src/capture/interface-table.ts';
import { PipeSource } from '../../src/capture/pipe-source.ts';
import { until } from '../support/deadline.ts';
import { runCommand } from '../support/run-command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { fixture } from './fixtures.ts';

const capture = readFileSync(fixture('ipv4.pcap'));

describe('a pipe with packets', function () {
  this.timeout(60_000);
  const file = temporaryFolder();
  let count = 0;

  function fifo(): string {
    const path = file(`fifo-${(count += 1)}`);
    execFileSync('mkfifo', [path]);
    return path;
  }

  function make(path: string, limit: () => number = () => Infinity): PipeSource {
    return new PipeSource({ path, table: new InterfaceTable(), limit, onBatch: () => undefined });
  }

  async function failure(running: Promise<void>): Promise<unknown> {
    return running.then(
      () => undefined,
      (error: unknown) => error,
    );
  }

  const all = async (): Promise<number> => {
    const source = make(fixture('ipv4.pcap'));
    await source.run(() => undefined);
    return source.packets;
  };

  it('may be a file', async () => {
    expect(await all()).to.be.greaterThan(10);
  });

  it('waits for whoever writes, and reads to the end', async () => {
    const path = fifo();
    const source = make(path);
    let begun = 0;
    const running = source.run(() => (begun += 1));
    const writer = openSync(path, 'w');
    writeSync(writer, capture.subarray(0, 1000));
    await until('the first have come', () => (source.packets > 0 ? true : undefined));
    expect(source.isCapturing).to.equal(true);
    writeSync(writer, capture.subarray(1000));
    closeSync(writer);
    await running;
    expect(source.packets).to.equal(await all());
    expect(begun).to.equal(1);
    expect(source.isCapturing).to.equal(false);
  });

  for (const { title, bytes, code, text } of [
    {
      title: 'stops inside of a packet',
      bytes: capture.subarray(0, 1001),
      code: 'input_truncated',
      text: 'inside of a packet',
    },
    {
      title: 'writes no capture',
      bytes: Buffer.from('What is this?'),
      code: 'input_unreadable',
      text: 'neither pcap nor pcapng',
    },
    { title: 'writes nothing', bytes: Buffer.alloc(0), code: 'input_unreadable', text: 'is empty' },
    {
      title: 'writes three bytes',
      bytes: capture.subarray(0, 3),
      code: 'input_unreadable',
      text: 'no capture',
    },
    {
      title: 'writes garbage',
      bytes: Buffer.concat([capture, Buffer.alloc(64, 0xee)]),
      code: 'input_truncated',
      text: 'damaged',
    },
  ]) {
    it(`fails where somebody ${title}`, async () => {
      const path = fifo();
      const source = make(path);
      const failed = failure(source.run(() => undefined));
      const writer = openSync(path, 'w');
      writeSync(writer, bytes);
      closeSync(writer);
      const error = await failed;
      expect(error).to.include({ code });
      const { message, detail } = error as { message: string; detail?: string };
      expect(`${message} ${detail ?? ''}`).to.include(text);
      if (title === 'writes garbage') expect(source.packets).to.equal(await all());
    });
  }

  it('fails where there is none', async () => {
    expect(await failure(make('/nowhere/fifo').run(() => undefined))).to.include({
      code: 'input_unreadable',
    });
  });

  it('can be stopped before and while somebody writes', async () => {
    const path = fifo();
    const source = make(path);
    const running = source.run(() => undefined);
    source.stop();
    await running;
    await source.run(() => undefined);

    const other = make(path);
    const reading = other.run(() => undefined);
    const writer = openSync(path, 'w');
    writeSync(writer, capture);
    await until('they have come', () => (other.packets > 0 ? true : undefined));
    other.pause();
    other.stop();
    await reading;
    closeSync(writer);
  });

  it('keeps no program from its end while nobody writes', async () => {
    const script = `
      import { InterfaceTable } from './src/capture/interface-table.ts';
      import { PipeSource } from './src/capture/pipe-source.ts';
      const source = new PipeSource({ path: process.argv.at(-1), table: new InterfaceTable(), limit: () => 1, onBatch() {} });
      const running = source.run(() => undefined);
      await new Promise(setImmediate);
      source.stop();
      await running;
      console.log('ended');
    `;
    const args = ['--import', 'tsx', '--input-type=module', '-e', script, fifo()];
    expect(await runCommand(process.execPath, args)).to.include({ status: 0, stdout: 'ended\n' });
  });

  it('waits while nobody takes packets', async () => {
    const path = file('large.pcap');
    writeFileSync(
      path,
      Buffer.concat([capture.subarray(0, 24), ...Array.from({ length: 200 }, () => capture.subarray(24))]),
    );
    const source = new PipeSource({
      path,
      table: new InterfaceTable(),
      limit: () => Infinity,
      onBatch: () => {
        source.pause();
        setImmediate(() => {
          const { packets } = source;
          setImmediate(() => {
            expect(source.packets).to.equal(packets);
            source.resume();
          });
        });
      },
    });
    await source.run(() => undefined);
    expect(source.packets).to.equal(200 * (await all()));
  });

  it('gives no more packets than the limit', async () => {
    const source: PipeSource = make(fixture('ipv4.pcap'), () => 3 - source.packets);
    await source.run(() => undefined);
    expect(source.packets).to.equal(3);
  });
});
