import { chmodSync, mkdtempSync, readdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { cacheFolder, programKey, rememberFor } from '../../src/tshark/tool-cache.ts';

const isText = (text: string) => text !== '';

describe('the folder of the cache', () => {
  for (const [platform, env, expected] of [
    ['linux', { XDG_CACHE_HOME: '/var/my cache' }, '/var/my cache/rttshark'],
    ['win32', { LOCALAPPDATA: '/c/Users/ann/AppData/Local' }, '/c/Users/ann/AppData/Local/rttshark'],
  ] as const) {
    it(`is ${expected} on ${platform}`, () => {
      expect(cacheFolder(platform, env)).to.equal(expected);
    });
  }

  it('lies in the home folder where nothing else is said, or something relative', () => {
    expect(cacheFolder('linux', {})).to.match(/^\/.*\/\.cache\/rttshark$/);
    expect(cacheFolder('linux', { XDG_CACHE_HOME: 'cache' })).to.equal(cacheFolder('linux', {}));
    expect(cacheFolder('linux', { XDG_CACHE_HOME: '' })).to.equal(cacheFolder('linux', {}));
    expect(cacheFolder('darwin', {})).to.match(/\/Library\/Caches\/rttshark$/);
    expect(cacheFolder('win32', {})).to.include('AppData');
  });
});

describe('what is remembered of a program', () => {
  const before = process.env['XDG_CACHE_HOME'];
  let folder: string;
  let cache: string;
  let program: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'rttshark-cache-'));
    cache = join(folder, 'cache');
    program = join(folder, 'program');
    writeFileSync(program, '\u007fELF program');
    process.env['XDG_CACHE_HOME'] = cache;
  });

  afterEach(() => {
    if (before === undefined) delete process.env['XDG_CACHE_HOME'];
    else process.env['XDG_CACHE_HOME'] = before;
    rmSync(folder, { recursive: true });
  });

  /** Asks for the answer, and counts how often it is made. */
  function asker() {
    const asked = { times: 0 };
    const ask = (answer: string, isAnswer = isText) =>
      rememberFor(
        program,
        'fields',
        () => {
          asked.times += 1;
          return Promise.resolve(answer);
        },
        isAnswer,
      );
    return { asked, ask };
  }

  it('is asked once', async () => {
    const { asked, ask } = asker();
    expect([await ask('one'), await ask('two')]).to.deep.equal(['one', 'one']);
    expect(asked.times).to.equal(1);
  });

  it('is asked again when the program changes', async () => {
    const { ask } = asker();
    await ask('one');
    utimesSync(program, 1, 1);
    expect(await ask('two')).to.equal('two');
    writeFileSync(program, '\u007fELF another program');
    expect(await ask('three')).to.equal('three');
  });

  it('is kept by name', async () => {
    await asker().ask('fields');
    expect(await rememberFor(program, 'version', () => Promise.resolve('4'), isText)).to.equal('4');
    expect(await asker().ask('other')).to.equal('fields');
  });

  it('is the same for a link to the program', () => {
    symlinkSync(program, join(folder, 'link'));
    expect(programKey(join(folder, 'link')))
      .to.equal(programKey(program))
      .and.match(/^[0-9a-f]{24}$/);
  });

  it('is nothing for a script, which can run anything, or for a program that is not there', async () => {
    writeFileSync(program, '#!/bin/sh\nexec /opt/wireshark/tshark "$@"\n');
    expect(programKey(program)).to.equal(null);
    const { ask } = asker();
    expect([await ask('one'), await ask('two')]).to.deep.equal(['one', 'two']);
    expect(programKey(join(folder, 'missing'))).to.equal(null);
  });

  it('is not an answer that is none', async () => {
    const { ask } = asker();
    const isAnswer = () => false;
    expect(await ask('', isAnswer)).to.equal('');
    expect(await ask('now', isAnswer)).to.equal('now');
  });

  it('is asked each time where the cache cannot be written', async () => {
    writeFileSync(cache, 'a file where the folder should be');
    const { ask } = asker();
    expect([await ask('one'), await ask('two')]).to.deep.equal(['one', 'two']);
  });

  it('is whole where several write at once, and nothing else is left behind', async () => {
    const text = 'line\n'.repeat(200_000);
    const answers = await Promise.all(Array.from({ length: 8 }, () => asker().ask(text)));
    expect(new Set(answers)).to.deep.equal(new Set([text]));
    expect(readdirSync(join(cache, 'rttshark'))).to.have.length(1);
    expect(await asker().ask('other')).to.equal(text);
  });

  it('is made anew where that is asked for, and kept', async () => {
    await asker().ask('one');
    const make = () => Promise.resolve('two');
    expect(await rememberFor(program, 'fields', make, isText, { fresh: true })).to.equal('two');
    expect(await asker().ask('three')).to.equal('two');
  });

  it('passes on the failure of whoever is asked, and keeps nothing', async () => {
    const failing = rememberFor(program, 'fields', () => Promise.reject(new Error('no answer')), isText);
    expect(await failing.catch((error: unknown) => error)).to.be.instanceOf(Error);
    expect(await asker().ask('now')).to.equal('now');
  });

  it('survives that it cannot be read', async () => {
    await asker().ask('one');
    chmodSync(cache, 0);
    const answer = await asker().ask('two');
    chmodSync(cache, 0o755);
    // Root reads it nevertheless.
    expect(answer).to.equal(process.getuid?.() === 0 ? 'one' : 'two');
  });
});
