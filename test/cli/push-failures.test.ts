import { expect } from 'chai';
import type { AnalysisDocument } from '../../src/report/analysis-document.ts';
import { runningServers } from '../sinks/running-servers.ts';
import { status as answer } from '../sinks/stub-server.ts';
import { freePort } from '../support/ports.ts';
import { fixture, rttshark, type CommandResult } from '../support/run-command.ts';

const small = fixture('ipv4.pcap');

function push(url: string, ...args: string[]): Promise<CommandResult> {
  return rttshark(['analyze', small, '--format', 'json', '--push', url, ...args]);
}

/** A push that fails never loses the result. */
function expectFailure(
  { status, stdout, stderr }: CommandResult,
  expected: number,
  ...words: string[]
): void {
  expect(status, stderr).to.equal(expected);
  for (const text of words) expect(stderr).to.contain(text);
  expect(stderr).to.not.match(/\n +at /);
  expect((JSON.parse(stdout) as AnalysisDocument).measurements[0]?.total.count).to.equal(10);
}

describe('command: a push that fails', () => {
  const servers = runningServers();

  it('ends with 40 where nothing listens', async () => {
    const url = `http://127.0.0.1:${await freePort()}`;
    expectFailure(await push(url, '--push-retries', '0'), 40, `"${url}"`, 'refused');
    const retried = await push(url, '--push-retries', '1');
    expectFailure(retried, 40, `"${url}"`, 'Trying again in');
    expectFailure(
      await push('http://no-such-host.invalid:9091', '--push-retries', '0'),
      40,
      'no-such-host.invalid',
    );
  });

  it('ends with 41 where a server does not answer in time', async () => {
    const silent = await servers.raw(() => undefined);
    expectFailure(await push(silent.url, '--push-timeout', '200ms', '--push-retries', '0'), 41, silent.url);
  });

  it('ends with 42 where a server speaks no TLS', async () => {
    const plain = await servers.stub(answer(200));
    expectFailure(await push(plain.url.replace('http:', 'https:'), '--push-retries', '0'), 42, 'https');
  });

  for (const code of [401, 403]) {
    it(`ends with 43 for ${code}`, async () => {
      const server = await servers.stub(answer(code, {}, 'not for you'));
      expectFailure(await push(server.url), 43, String(code), 'credentials');
      expect(server.received).to.have.length(1);
    });
  }

  it('ends with 44 for 400, with the words of the server, and is not tried again', async () => {
    const server = await servers.stub(answer(400, {}, 'pushed metrics are invalid'));
    expectFailure(await push(server.url), 44, '400', 'pushed metrics are invalid');
    expect(server.received).to.have.length(1);
  });

  it('ends with 40 for 503, after it was tried again as often as told', async () => {
    const server = await servers.stub(answer(503, {}, 'come back later'));
    expectFailure(
      await push(server.url, '--push-retries', '1'),
      40,
      '503',
      'come back later',
      'Trying again in',
    );
    expect(server.received).to.have.length(2);
  });

  it('that works the second time is none', async () => {
    const server = await servers.stub((_got, response, index) => {
      response.writeHead(index === 0 ? 503 : 202).end();
    });
    const { status, stderr } = await push(server.url);
    expect(status, stderr).to.equal(0);
    expect(stderr).to.contain('Trying again in').and.contain('Pushed 10 samples');
  });

  it('for a redirect names where it leads, and follows it where asked, body and method kept', async () => {
    const target = await servers.stub(answer(202));
    const redirecting = await servers.stub(({ path }, response) => {
      response.writeHead(307, { location: `${target.url}${path}` }).end();
    });
    expectFailure(await push(redirecting.url), 44, '307', target.url, 'Give the address');
    expect(target.received).to.deep.equal([]);
    const followed = await push(redirecting.url, '--follow-redirects');
    expect(followed.status, followed.stderr).to.equal(0);
    expect(target.received.map(({ method, text }) => [method, text.includes('tcp_ack_rtt')])).to.deep.equal([
      ['PUT', true],
    ]);
  });

  it('does not hide that the capture was cut short, which is said first', async () => {
    const server = await servers.stub(answer(400));
    const cut = fixture('cut-in-packet.pcap');
    const { status, stderr } = await rttshark(['analyze', cut, '--push', server.url]);
    expect(status, stderr).to.equal(26);
    expect(stderr).to.match(/cut short[^]*400/);
  });

  it('is told by delete in the same way', async () => {
    const url = `http://127.0.0.1:${await freePort()}`;
    const { status, stderr } = await rttshark(['delete', '--push', url, '--push-retries', '0']);
    expect(status, stderr).to.equal(40);
    const refusing = await servers.stub(answer(401));
    expect((await rttshark(['delete', '--push', refusing.url])).status).to.equal(43);
  });
});
