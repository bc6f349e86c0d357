import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { parseBasicCredentials } from '../../src/sinks/basic-credentials.ts';
import { PasswordChecker } from '../../src/sinks/password-checker.ts';

const run = promisify(execFile);

/** The hash that Apache's own tool makes. */
async function htpasswd(password: string, rounds = 4): Promise<string> {
  const { stdout } = await run('htpasswd', ['-nbBC', String(rounds), 'x', password]);
  return stdout.trim().slice(2);
}

describe('PasswordChecker', () => {
  const checkers: PasswordChecker[] = [];
  afterEach(async () => {
    for (const checker of checkers.splice(0)) await checker.close();
  });
  const started = (mostWaiting = 8): PasswordChecker => {
    const checker = new PasswordChecker(mostWaiting);
    checkers.push(checker);
    return checker;
  };

  it('agrees with htpasswd, by any name of the algorithm', async () => {
    const password = 'wire/shark: ü%20 pass';
    const hash = await htpasswd(password);
    expect(hash).to.match(/^\$2y\$/);
    const checker = started();
    for (const kind of ['$2y$', '$2b$', '$2a$']) {
      const users = new Map([['probe', kind + hash.slice(4)]]);
      expect(await checker.check({ user: 'probe', password }, users)).to.equal('right');
      expect(await checker.check({ user: 'probe', password: `${password}x` }, users)).to.equal('wrong');
      expect(await checker.check({ user: 'probe', password: '' }, users)).to.equal('wrong');
      expect(await checker.check({ user: 'Probe', password }, users)).to.equal('wrong');
    }
  });

  it('does not let in somebody unknown with a known password', async () => {
    const users = new Map([['probe', await htpasswd('known')]]);
    expect(await started().check({ user: '__proto__', password: 'known' }, users)).to.equal('wrong');
  });

  it('forgets what it knew when the hash changes', async () => {
    const checker = started();
    const credentials = { user: 'probe', password: 'old' };
    expect(await checker.check(credentials, new Map([['probe', await htpasswd('old')]]))).to.equal('right');
    expect(await checker.check(credentials, new Map([['probe', await htpasswd('new')]]))).to.equal('wrong');
    expect(await checker.check(credentials, new Map([['other', await htpasswd('old')]]))).to.equal('wrong');
  });

  it('has few checks waiting, and none for what it knows', async () => {
    const checker = started(2);
    const users = new Map([['probe', await htpasswd('pass')]]);
    const check = (password: string) => checker.check({ user: 'probe', password }, users);
    expect(await check('pass')).to.equal('right');
    const guesses = ['a', 'b', 'c', 'a', 'pass'].map(check);
    expect(await Promise.all(guesses)).to.deep.equal(['wrong', 'wrong', 'busy', 'wrong', 'right']);
    expect(await check('c')).to.equal('wrong');
    const known = ['a', 'b', 'c', 'pass'].map(check);
    expect(await Promise.all(known)).to.deep.equal(['wrong', 'wrong', 'wrong', 'right']);
  });

  it('does not forget who may come in for all the guesses of others', async () => {
    const checker = started(1);
    const users = new Map([['probe', await htpasswd('pass')]]);
    const check = (password: string) => checker.check({ user: 'probe', password }, users);
    await check('pass');
    for (let guess = 0; guess < 150; guess++) expect(await check(`guess ${guess}`)).to.equal('wrong');
    const [first, right, ...others] = ['guess 0', 'pass', 'guess 149', 'new'].map(check);
    // The first guess has been forgotten and takes the only place; what needs no check needs no place.
    expect(await first).to.equal('wrong');
    expect(await right).to.equal('right');
    expect(await Promise.all(others)).to.deep.equal(['wrong', 'busy']);
  });

  it('leaves the event loop to others', async () => {
    const checker = started();
    const users = new Map([['probe', await htpasswd('pass', 8)]]);
    const check = checker.check({ user: 'probe', password: 'pass' }, users);
    const turn = () => new Promise<'turn'>((resolve) => setImmediate(resolve, 'turn'));
    let turns = 0;
    while ((await Promise.race([check, turn()])) === 'turn') turns++;
    expect(await check).to.equal('right');
    expect(turns).to.be.above(100);
  });

  it('fails what waits when it is closed', async () => {
    const checker = started();
    const users = new Map([['probe', await htpasswd('pass', 10)]]);
    const outcome = checker.check({ user: 'probe', password: 'x' }, users).then(
      () => 'answered',
      () => 'failed',
    );
    await checker.close();
    expect(await outcome).to.equal('failed');
  });
});

describe('parseBasicCredentials', () => {
  const encoded = (text: string) => Buffer.from(text).toString('base64');

  it('takes user and password apart at the first colon', () => {
    expect(parseBasicCredentials(`Basic ${encoded('ü:a:b')}`)).to.deep.equal({ user: 'ü', password: 'a:b' });
    expect(parseBasicCredentials(`basic  ${encoded(':')}`)).to.deep.equal({ user: '', password: '' });
  });

  for (const header of [
    undefined,
    '',
    'Basic',
    'Basic !',
    `Bearer ${encoded('a:b')}`,
    `Basic ${encoded('ab')}`,
  ]) {
    it(`finds none in ${JSON.stringify(header)}`, () => {
      expect(parseBasicCredentials(header)).to.equal(undefined);
    });
  }
});
