import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { startStubServer, status as answer, type StubServer } from '../sinks/stub-server.ts';
import { writeFakeTshark } from '../support/fake-tshark.ts';
import { descendants, processInfo } from '../support/processes.ts';
import { fixture, rttshark, startRttshark } from '../support/run-command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const capture = fixture('ipv4.pcap');
const secret = 'hunter2/ß %';
const packed = Buffer.from(`probe:${secret}`).toString('base64');

function expectNoSecret(text: string): void {
  expect(text).not.to.contain('hunter2').and.not.contain(packed);
}

describe('command: secrets', () => {
  const file = temporaryFolder();
  let server: StubServer;
  before(async () => {
    writeFileSync(file('password'), `${secret}\n`);
    writeFileSync(file('token'), 'hunter2.token\n');
    // The worst that a server can do is to send back what it got.
    server = await startStubServer((got, response) => {
      const plain = Buffer.from(got.headers.authorization?.split(' ')[1] ?? '', 'base64').toString();
      answer(400, {}, `${JSON.stringify(got.headers)} ${plain}`)(got, response, 0);
    });
  });
  after(() => server.stop());

  const ways: readonly (readonly [string, string[], Record<string, string>])[] = [
    ['a password file', ['--username', 'probe', '--password-file', 'password'], {}],
    ['RTTSHARK_PASSWORD', ['--username', 'probe'], { RTTSHARK_PASSWORD: secret }],
    ['a token file', ['--bearer-token-file', 'token'], {}],
    ['RTTSHARK_BEARER_TOKEN', [], { RTTSHARK_BEARER_TOKEN: 'hunter2.token' }],
  ];

  for (const [what, words, env] of ways) {
    it(`from ${what} reach the gateway and nothing else`, async () => {
      const fake = writeFakeTshark(file('tshark'), { then: 'wait' });
      const options = words.map((word) => (word.startsWith('-') || word === 'probe' ? word : file(word)));
      const args = ['analyze', capture, '--tshark', fake.path, '--push', server.url, ...options];
      const { child, ended } = startRttshark(args, { env });
      const pid = await fake.rowsTaken();
      expectNoSecret(processInfo(child.pid!)!.commandLine);
      const children = descendants(child.pid!);
      expect(children.map((each) => each.pid)).to.include(pid);
      for (const { commandLine, environment } of children) {
        expect(commandLine).not.to.equal('');
        expect(environment).to.contain('PATH=').and.not.contain('RTTSHARK_');
        expectNoSecret(commandLine + environment);
      }
      process.kill(pid, 'SIGTERM');
      const { stdout, stderr } = await ended;
      expectNoSecret(stdout + stderr);
      expect(server.received.at(-1)?.headers.authorization).to.match(/^(?:Basic|Bearer) \S+$/);
      const deleted = await rttshark(['delete', '--push', server.url, ...options], { env });
      expect(deleted.status).to.equal(44);
      expectNoSecret(deleted.stdout + deleted.stderr);
      const dry = await rttshark([...args, '--dry-run'], { env });
      expect(dry.status, dry.stderr).to.equal(0);
      expectNoSecret(dry.stdout + dry.stderr);
    });
  }
});
