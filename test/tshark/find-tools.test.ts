import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { expect } from 'chai';
import { findCompanion, findTshark, here } from '../../src/tshark/find-tools.ts';
import { findInstalled } from '../../src/tshark/installed-paths.ts';
import { rejection } from '../sinks/rejection.ts';
import { fakeTool } from './processes.ts';

/** Runs something with other environment variables; undefined takes one away. */
async function withEnvironment<T>(
  changes: Readonly<Record<string, string | undefined>>,
  run: () => T | Promise<T>,
): Promise<T> {
  const before = { ...process.env };
  const set = (values: Readonly<Record<string, string | undefined>>) => {
    for (const name of Object.keys(changes)) {
      const value = values[name];
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
  };
  set(changes);
  try {
    return await run();
  } finally {
    set(before);
  }
}

const installed = findInstalled('tshark', here) ?? '';

describe('finding tshark', () => {
  it('finds the one that is installed, with its version', async () => {
    const { path, version } = await withEnvironment({ RTTSHARK_TSHARK: undefined }, () => findTshark());
    expect(path)
      .to.equal(installed)
      .and.match(/\/tshark$/);
    expect(version.major).to.be.greaterThanOrEqual(3);
  });

  it('takes the one that it is told, then the one that the environment names', async () => {
    const fake = fakeTool('never-ends');
    await withEnvironment({ RTTSHARK_TSHARK: fakeTool('cuts-last-line') }, async () => {
      expect((await findTshark(fake)).path).to.equal(fake);
      expect((await findTshark()).path).to.equal(fakeTool('cuts-last-line'));
    });
    await withEnvironment({ RTTSHARK_TSHARK: '' }, async () => {
      expect((await findTshark()).path).to.equal(installed);
    });
  });

  it('finds it where PATH knows nothing', async () => {
    await withEnvironment({ PATH: '/nowhere', RTTSHARK_TSHARK: undefined }, async () => {
      expect((await findTshark()).path).to.equal(installed);
    });
  });

  it('makes a whole path of a relative one', async () => {
    const fake = fakeTool('never-ends');
    for (const path of [relative(process.cwd(), fake), `./${relative(process.cwd(), fake)}`]) {
      await withEnvironment({ RTTSHARK_TSHARK: path }, async () => {
        expect((await findTshark()).path).to.equal(fake);
      });
    }
  });

  it('looks for a name on PATH, as a shell does', async () => {
    expect((await findTshark('tshark')).path).to.equal(installed);
    await withEnvironment({ PATH: dirname(fakeTool('never-ends')) }, async () => {
      expect((await findTshark('never-ends')).path).to.equal(fakeTool('never-ends'));
    });
  });

  it('works in a path with spaces, quotes and letters of any kind', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rttshark "it\'s" $HOME Zürich '));
    try {
      const path = join(folder, 'tshark 4.0');
      symlinkSync(installed, path);
      expect((await findTshark(path)).path).to.equal(path);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('does without a home folder', () => {
    const module = (name: string) =>
      JSON.stringify(new URL(`../../src/tshark/${name}`, import.meta.url).href);
    const script = `
      const { findTshark } = await import(${module('find-tools.ts')});
      const { loadFieldCatalogue } = await import(${module('field-catalogue.ts')});
      process.chdir('/');
      if (process.getuid() === 0) { process.setgroups([]); process.setgid(54321); process.setuid(54321); }
      const tshark = await findTshark();
      console.log((await loadFieldCatalogue(tshark)).typeOf('frame.number'));`;
    const { stdout, stderr } = spawnSync(
      process.execPath,
      ['--import', 'tsx', '--input-type=module', '-e', script],
      { env: { PATH: process.env['PATH'] }, encoding: 'utf8' },
    );
    expect(stdout, stderr).to.equal('FT_UINT32\n');
  });

  for (const { title, path, says } of [
    { title: 'that does not exist', path: '/nowhere/tshark', says: '"/nowhere/tshark" does not exist' },
    { title: 'that is on no PATH', path: 'tsharc', says: '"tsharc" does not exist' },
    { title: 'that may not be run', path: fakeTool('no-permission'), says: 'cannot be run' },
    { title: 'that is a folder', path: tmpdir(), says: 'cannot be run' },
    { title: 'that is another program', path: fakeTool('no-tshark'), says: 'is not tshark' },
    { title: 'that tells nothing', path: '/bin/true', says: 'is not tshark' },
  ]) {
    it(`refuses one ${title}`, async () => {
      const error = await rejection(findTshark(path), 'tshark_not_found');
      expect(error.message).to.include(says).and.include(path);
      expect(error.exitStatus).to.equal(20);
    });
  }

  it('refuses one that is too old, and says which is not', async () => {
    const error = await rejection(findTshark(fakeTool('old-version')), 'tshark_too_old');
    expect(error.message).to.include('2.6.20').and.include('3.4.0').and.include(fakeTool('old-version'));
    expect(error.exitStatus).to.equal(21);
    expect(error.hint).to.include('--tshark');
  });
});

describe('finding the tools beside tshark', () => {
  it('finds each of them', () => {
    for (const tool of ['dumpcap', 'mergecap', 'capinfos']) {
      expect(findCompanion(tool, installed)).to.equal(join(dirname(installed), tool));
    }
    expect(findCompanion('no-such-tool', installed)).to.equal(null);
  });

  it('takes the one that the environment names', async () => {
    await withEnvironment({ RTTSHARK_MERGECAP: fakeTool('no-tshark') }, () => {
      expect(findCompanion('mergecap', installed)).to.equal(fakeTool('no-tshark'));
    });
  });
});
