import { closeSync, mkdtempSync, readdirSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { closePipe, openKernelPipe } from '../../src/tshark/kernel-pipe.ts';
import { rejection } from '../sinks/rejection.ts';

describe('a kernel pipe', () => {
  const before = process.env['TMPDIR'];
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'rttshark pipe '));
    process.env['TMPDIR'] = folder;
  });

  afterEach(() => {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
    rmSync(folder, { recursive: true, force: true });
  });

  it('hands bytes from one end to the other, and then the end', async () => {
    const { readEnd, writeEnd } = await openKernelPipe();
    writeSync(writeEnd, 'bytes');
    closeSync(writeEnd);
    const bytes = Buffer.alloc(10);
    expect(readSync(readEnd, bytes)).to.equal(5);
    expect(bytes.toString('latin1', 0, 5)).to.equal('bytes');
    expect(readSync(readEnd, bytes)).to.equal(0);
    closeSync(readEnd);
  });

  it('leaves nothing in the file system', async () => {
    const pipes = await Promise.all([openKernelPipe(), openKernelPipe()]);
    expect(readdirSync(folder)).to.deep.equal([]);
    pipes.forEach(closePipe);
  });

  it('keeps no descriptor open', async () => {
    const open = () => readdirSync('/proc/self/fd').length;
    closePipe(await openKernelPipe());
    const count = open();
    for (let i = 0; i < 5; i++) closePipe(await openKernelPipe());
    expect(open()).to.equal(count);
  });

  it('is refused, with nothing left behind, where the system makes none', async () => {
    const path = process.env['PATH'];
    process.env['PATH'] = '/nowhere';
    try {
      const error = await rejection(openKernelPipe(), 'capture_failed');
      expect(error.detail).to.include('ENOENT');
    } finally {
      process.env['PATH'] = path;
    }
    expect(readdirSync(folder)).to.deep.equal([]);
  });
});
