import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { asStandardInput, openDescriptor } from '../../src/capture/standard-input.ts';
import { fixture } from './fixtures.ts';

const program = fileURLToPath(new URL('read-input.ts', import.meta.url));
const root = fileURLToPath(new URL('../..', import.meta.url));
const node = [process.execPath, '--import', 'tsx', program] as const;
const packets = 18;

interface Result {
  readonly rows?: number;
  readonly code?: string;
  readonly message?: string;
  readonly detail?: string;
  readonly bytesRead?: number;
  readonly bytesTotal?: number;
}

/** Runs the program under bash: `$read` stands for its command line, `$1` and so on for the arguments. */
async function inShell(line: string, ...args: string[]): Promise<Result> {
  const command = node.map((word) => `'${word}'`).join(' ');
  const shell = spawn('bash', ['--norc', '-c', line.replaceAll('$read', command), 'bash', ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return JSON.parse(await text(shell.stdout)) as Result;
}

describe('standard input', () => {
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'rttshark-stdin-'));
  });

  after(() => {
    rmSync(folder, { recursive: true });
  });

  for (const [title, line] of [
    ['a file', '$read - < "$1"'],
    ['a pipe', 'cat "$1" | $read -'],
    ['a file, as /dev/stdin', '$read /dev/stdin < "$1"'],
    ['a pipe, as /dev/stdin', 'cat "$1" | $read /dev/stdin'],
    ['a pipe, as /dev/fd/0', 'cat "$1" | $read /dev/fd/0'],
    ['not used by a pipe of the shell', '$read <(cat "$1")'],
    ['not used by a descriptor of the shell', '$read /dev/fd/7 7< "$1"'],
  ] as const) {
    it(`is ${title}`, async () => {
      expect(await inShell(line, fixture('ipv4.pcap.zst'))).to.deep.equal({ rows: packets });
    });
  }

  it('is a socket, as a program of Node gives it, which begins late and goes on slowly', async () => {
    const child = spawn(node[0], [...node.slice(1), '-'], { cwd: root, stdio: 'pipe' });
    await once(child.stderr, 'data');
    const bytes = readFileSync(fixture('ipv4.pcap'));
    for (let at = 0; at < bytes.length; at += 400) {
      await new Promise((resolve) => child.stdin.write(bytes.subarray(at, at + 400), resolve));
    }
    child.stdin.end();
    expect(JSON.parse(await text(child.stdout))).to.deep.equal({ rows: packets });
  });

  for (const [title, line, code, says] of [
    ['nothing', '$read - < /dev/null', 'input_unreadable', 'is empty'],
    ['closed', '$read - <&-', 'input_unreadable', 'is empty'],
    ['a pipe without anything', 'true | $read -', 'input_unreadable', 'is empty'],
    ['an empty file', '$read - < "$1/empty.pcap"', 'input_unreadable', 'is empty'],
    ['a folder', '$read - < "$1"', 'input_unreadable', 'is a folder'],
    ['a text', 'cat "$1/plain-text.pcap" | $read -', 'input_unreadable', 'standard input'],
    ['a text in a file', '$read - < "$1/plain-text.pcap"', 'input_unreadable', 'standard input'],
    ['a terminal', 'script -qec "$read -" /dev/null < /dev/null | tail -n 1', 'usage', 'is a terminal'],
  ] as const) {
    it(`is refused where it is ${title}`, async () => {
      const result = await inShell(line, fixture('').replace(/\/$/, ''));
      expect(result.code).to.equal(code);
      expect(result.message?.toLowerCase()).to.include(says);
      expect(result.rows).to.equal(0);
    });
  }

  for (const [title, line] of [
    ['a file', '$read - < "$1"'],
    ['a pipe', 'cat "$1" | $read -'],
  ] as const) {
    it(`is told to be cut where it is ${title}, compressed or not`, async () => {
      const cut = join(folder, 'cut.lz4');
      writeFileSync(cut, readFileSync(fixture('ipv4.pcap.lz4')).subarray(0, -1));
      for (const path of [fixture('cut-in-packet.pcap'), cut]) {
        const result = await inShell(line, path);
        expect(result.code).to.equal('input_truncated');
        expect(result.detail?.toLowerCase()).to.include('standard input');
      }
    });

    it(`tells how far it was read where it is ${title}`, async () => {
      const { size } = statSync(fixture('demo.pcap'));
      const { bytesRead, bytesTotal } = await inShell(line.replace('-', '- progress'), fixture('demo.pcap'));
      expect(title === 'a pipe' ? bytesRead : bytesTotal).to.equal(size);
    });
  }

  it('that never says anything can be left', async () => {
    const child = spawn(node[0], [...node.slice(1), '-'], { cwd: root, stdio: ['pipe', 'pipe', 'pipe'] });
    await once(child.stderr, 'data');
    child.kill('SIGUSR2');
    const [output] = await Promise.all([text(child.stdout), once(child, 'exit')]);
    expect(JSON.parse(output)).to.include({ rows: 0, code: 'interrupted' });
  });
});

describe('a path of standard input, or of a descriptor', () => {
  for (const [path, expected] of [
    ['/dev/stdin', '-'],
    ['/dev/fd/0', '-'],
    ['/proc/self/fd/0', '-'],
    ['-', '-'],
    ['/dev/fd/03', '/dev/fd/03'],
    ['/dev/stdin2', '/dev/stdin2'],
    ['./dev/stdin', './dev/stdin'],
  ] as const) {
    it(`${path} is ${expected}`, () => {
      expect(asStandardInput(path)).to.equal(expected);
    });
  }

  it('is no descriptor for other paths', () => {
    for (const path of ['/dev/fd/x', '/dev/fd/', '/dev/fd/1/2', 'a.pcap', '/dev/null']) {
      expect(openDescriptor(path)).to.equal(null);
    }
  });
});
