import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { inspectInput } from '../../src/capture/input-file.ts';
import { thrown } from '../sinks/rejection.ts';
import { fixture } from './fixtures.ts';

describe('looking at an input', () => {
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'rttshark-input-'));
  });

  after(() => {
    rmSync(folder, { recursive: true });
  });

  it('gives the size of a file and its first bytes', () => {
    const { kind, size, start } = inspectInput(fixture('ipv4.pcap'));
    expect(kind).to.equal('file');
    expect(size).to.be.greaterThan(1000);
    expect(start).to.have.length(64);
    expect([...start.subarray(0, 4)]).to.deep.equal([0xd4, 0xc3, 0xb2, 0xa1]);
    expect(inspectInput(fixture('cut-in-file-header.pcap')).start).to.have.length(11);
  });

  it('follows links', () => {
    const link = join(folder, 'link');
    symlinkSync(fixture('ipv4.pcap'), link);
    expect(inspectInput(link).kind).to.equal('file');
  });

  it('does not wait for a pipe to be written to', () => {
    const path = join(folder, 'pipe');
    execFileSync('mkfifo', [path]);
    expect(inspectInput(path)).to.deep.equal({ kind: 'pipe', size: undefined, start: new Uint8Array() });
  });

  const refused: readonly { readonly title: string; readonly make: () => string; readonly says: string }[] = [
    { title: 'a file that does not exist', make: () => join(folder, 'missing'), says: 'does not exist' },
    { title: 'a file below a file', make: () => join(fixture('ipv4.pcap'), 'x'), says: 'does not exist' },
    { title: 'a folder', make: () => folder, says: 'is a folder' },
    { title: 'an empty file', make: () => fixture('empty.pcap'), says: 'is empty' },
    { title: 'a name that is too long', make: () => join(folder, 'x'.repeat(300)), says: 'too long' },
    {
      title: 'a link that leads nowhere',
      make: () => {
        symlinkSync(join(folder, 'missing'), join(folder, 'dangling'));
        return join(folder, 'dangling');
      },
      says: 'does not exist',
    },
    {
      title: 'a link that leads back to itself',
      make: () => {
        symlinkSync('circle', join(folder, 'circle'));
        return join(folder, 'circle');
      },
      says: 'leads back to itself',
    },
  ];
  for (const { title, make, says } of refused) {
    it(`refuses ${title}`, () => {
      const path = make();
      const error = thrown('input_unreadable', () => inspectInput(path));
      expect(error.message).to.include(says).and.include(`"${path}"`);
      expect(error.exitStatus).to.equal(22);
    });
  }

  it('refuses a file that may not be read, and one whose folder may not be searched', () => {
    chmodSync(folder, 0o755);
    const locked = join(folder, 'locked.pcap');
    writeFileSync(locked, 'x', { mode: 0 });
    mkdirSync(join(folder, 'closed'), { mode: 0o700 });
    writeFileSync(join(folder, 'closed', 'a.pcap'), 'x');
    chmodSync(join(folder, 'closed'), 0);
    const messages = withoutRights([locked, join(folder, 'closed', 'a.pcap')]);
    expect(messages[0]).to.include('may not be read');
    expect(messages[1]).to.include('folder that may not be searched');
  });
});

/** What inspecting these files says to a user who is not root. */
function withoutRights(paths: readonly string[]): string[] {
  const script = `
    const { inspectInput } = await import(${JSON.stringify(new URL('../../src/capture/input-file.ts', import.meta.url).href)});
    if (process.getuid() === 0) { process.setgroups([]); process.setgid(65534); process.setuid(65534); }
    for (const path of ${JSON.stringify(paths)}) {
      try { inspectInput(path); console.log('fine'); } catch (error) { console.log(error.code + ' ' + error.message); }
    }`;
  const cwd = fileURLToPath(new URL('../..', import.meta.url));
  const args = ['--import', 'tsx', '--input-type=module', '-e', script];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd, encoding: 'utf8' });
  const lines = stdout.trim().split('\n');
  if (lines.length !== paths.length) throw new Error(`It did not come to an end: ${stderr}`);
  for (const line of lines) expect(line).to.match(/^input_unreadable /);
  return lines;
}
