import { closeSync, mkdtempSync, openSync, readSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { ReadPosition } from '../../src/tshark/read-position.ts';

describe('how far a process has read', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'rttshark-position-'));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  /** Opens a file of a hundred bytes in this process, whose own position is then looked at. */
  function openFile(name: string): number {
    writeFileSync(join(folder, name), Buffer.alloc(100));
    return openSync(join(folder, name), 'r');
  }

  it('is added up over its files, through links too, and kept when they are closed', () => {
    const [a, b] = [openFile('a b'), openFile('b')];
    symlinkSync(join(folder, 'b'), join(folder, 'link'));
    const position = new ReadPosition(process.pid, [join(folder, 'a b'), join(folder, 'link')]);
    expect(position.bytes()).to.equal(0);
    readSync(a, Buffer.alloc(30));
    readSync(b, Buffer.alloc(12));
    expect(position.bytes()).to.equal(42);
    closeSync(a);
    closeSync(b);
    expect(position.bytes()).to.equal(42);
  });

  it('is not known of a process that is gone, or of a file that it has not opened', () => {
    expect(new ReadPosition(2 ** 22 + 1, [folder]).bytes()).to.equal(undefined);
    expect(new ReadPosition(process.pid, [join(folder, 'never')]).bytes()).to.equal(undefined);
  });
});
