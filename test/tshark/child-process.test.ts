import { buffer, text } from 'node:stream/consumers';
import { expect } from 'chai';
import { startChild, type Child } from '../../src/tshark/child-process.ts';
import { fakeTool, isThere, ownChildren, until } from './processes.ts';

/** What a child prints until it ends. */
function outputOf(child: Child): Promise<string> {
  if (child.output === undefined) throw new Error('It has no output to read.');
  return text(child.output);
}

describe('a child process', () => {
  let before: readonly number[];

  beforeEach(() => {
    before = ownChildren();
  });

  afterEach('leaves no process behind', async () => {
    await until('all children are reaped', () => ownChildren().every((pid) => before.includes(pid)));
  });

  it('gives its output, its status and its last words', async () => {
    const child = startChild('/bin/sh', ['-c', 'echo out; echo err >&2; exit 3']);
    expect(await outputOf(child)).to.equal('out\n');
    expect(await child.ended).to.deep.equal({
      exitCode: 3,
      signal: null,
      stderr: ['err'],
      stopped: false,
      spawnError: undefined,
    });
  });

  it('gets its arguments as they are', async () => {
    const args = ['', ' ', '$HOME `id` "x"', "it's", '*', '-n', 'a\nb', '\u001f', 'Zürich 🦈'];
    expect(await outputOf(startChild(fakeTool('tells-arguments'), args))).to.equal(`${args.join('\0')}\0`);
  });

  it('gets nothing that is addressed to rttshark', async () => {
    process.env['RTTSHARK_PASSWORD'] = 'open sesame';
    try {
      const output = await outputOf(startChild(fakeTool('tells-environment'), []));
      expect(output).to.include('PATH=').and.not.include('RTTSHARK_').and.not.include('sesame');
    } finally {
      delete process.env['RTTSHARK_PASSWORD'];
    }
  });

  it('reads nothing unless told otherwise', async () => {
    expect(await outputOf(startChild('/bin/cat', []))).to.equal('');
  });

  for (const signal of ['KILL', 'SEGV']) {
    it(`tells of its death by SIG${signal}`, async () => {
      process.env['FAKE_SIGNAL'] = signal;
      try {
        const child = startChild(fakeTool('dies-in-row'), []);
        expect(await outputOf(child)).to.match(/"10\.0\.$/);
        expect(await child.ended).to.include({ exitCode: null, signal: `SIG${signal}`, stopped: false });
      } finally {
        delete process.env['FAKE_SIGNAL'];
      }
    });
  }

  it('may write megabytes to standard error, of which little is kept', async () => {
    const child = startChild(fakeTool('floods-stderr'), []);
    const [, { stderr, exitCode }] = await Promise.all([outputOf(child), child.ended]);
    expect(exitCode).to.equal(2);
    expect(stderr.at(-1)).to.include('damaged or corrupt');
    expect(stderr.join('').length).to.be.lessThan(300_000);
  });

  for (const { title, file, code } of [
    { title: 'does not exist', file: '/nowhere/tshark', code: 'ENOENT' },
    { title: 'may not be run', file: fakeTool('no-permission'), code: 'EACCES' },
    { title: 'is a folder', file: '/tmp', code: 'EACCES' },
  ]) {
    it(`tells that the program ${title}`, async () => {
      const child = startChild(file, []);
      expect(await child.ended).to.deep.equal({
        exitCode: null,
        signal: null,
        stderr: [],
        stopped: false,
        spawnError: code,
      });
      expect(child.pid).to.equal(undefined);
      await child.stop();
    });
  }
});

describe('stopping a child process', () => {
  it('ends it by SIGTERM', async () => {
    const child = startChild(fakeTool('never-ends'), []);
    await child.stop();
    expect(await child.ended).to.include({ signal: 'SIGTERM', exitCode: null, stopped: true });
    expect(isThere(child.pid!)).to.equal(false);
  });

  it('ends it by SIGKILL where SIGTERM does not help', async () => {
    const child = startChild(fakeTool('ignores-sigterm'), [], { gracePeriodMs: 50 });
    await new Promise((resolve) => child.output?.once('data', resolve));
    await child.stop();
    expect(await child.ended).to.include({ signal: 'SIGKILL', stopped: true });
    expect(isThere(child.pid!)).to.equal(false);
  });

  it('can be asked for any number of times, at once and after the end', async () => {
    const child = startChild(fakeTool('never-ends'), []);
    await Promise.all([child.stop(), child.stop()]);
    await child.stop();
    expect((await child.ended).stopped).to.equal(true);
  });

  it('changes nothing after its end', async () => {
    const child = startChild('/bin/true', []);
    await outputOf(child);
    await child.ended;
    await child.stop();
    expect(await child.ended).to.include({ exitCode: 0, stopped: false });
  });

  it('ends one whose output nobody reads', async () => {
    const child = startChild(fakeTool('endless-rows'), []);
    await child.stop();
    expect(isThere(child.pid!)).to.equal(false);
  });

  it('does not wait for a program that the child leaves behind', async () => {
    const child = startChild(fakeTool('leaves-a-child'), []);
    const [first] = (await new Promise<Buffer>((resolve) => child.output?.once('data', resolve)))
      .toString()
      .split('\n');
    const left = Number(first);
    expect(isThere(left)).to.equal(true);
    await child.stop();
    expect(isThere(child.pid!)).to.equal(false);
    process.kill(left, 'SIGKILL');
  });
});

describe('the output of a child process', () => {
  it('may be any bytes', async () => {
    const child = startChild('/bin/sh', ['-c', "printf '\\377\\000\\n\\376'"]);
    expect(await buffer(child.output!)).to.deep.equal(Buffer.from([0xff, 0, 0x0a, 0xfe]));
  });
});
