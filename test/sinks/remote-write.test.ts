import { expect } from 'chai';
import { snappyUncompress } from 'hysnappy';
import { basicAuthHandler } from '../../src/sinks/basic-auth-handler.ts';
import { remoteWrite, type RemoteWriteOptions } from '../../src/sinks/remote-write.ts';
import { rejection } from './rejection.ts';
import { runningServers } from './running-servers.ts';
import { status } from './stub-server.ts';

/** Bytes whose length the block says, so that they can be told apart. */
function messages(...texts: string[]) {
  return texts.map((text) => ({ bytes: Buffer.from(text) }));
}

function textOf(block: Buffer): string {
  return Buffer.from(snappyUncompress(block, block[0]!)).toString();
}

describe('remoteWrite', () => {
  const servers = runningServers();
  const pauses: number[] = [];
  beforeEach(() => {
    pauses.length = 0;
  });
  const noPauses = {
    random: () => 0,
    sleep: (ms: number) => {
      pauses.push(ms);
      return Promise.resolve();
    },
  };
  const write = (url: string, options: RemoteWriteOptions) => remoteWrite(url, { ...noPauses, ...options });

  it('sends each request in order, with the headers of the protocol and those of the user', async () => {
    const server = await servers.stub(status(204));
    const handler = basicAuthHandler({ username: 'probe', password: 'secret' });
    const headers = { 'X-Scope-OrgID': 'team' };
    await write(`${server.url}/api/v1/push?a=b`, {
      requests: messages('one', 'two', 'three'),
      headers,
      handler,
    });
    expect(server.received.map(({ body }) => textOf(body))).to.deep.equal(['one', 'two', 'three']);
    for (const { method, path, headers: sent } of server.received) {
      expect([method, path]).to.deep.equal(['POST', '/api/v1/push?a=b']);
      expect(sent).to.include({
        'content-type': 'application/x-protobuf',
        'content-encoding': 'snappy',
        'x-prometheus-remote-write-version': '0.1.0',
        'x-scope-orgid': 'team',
        authorization: `Basic ${Buffer.from('probe:secret').toString('base64')}`,
      });
      expect(sent['user-agent']).to.match(/^rttshark/);
    }
  });

  it('tries again after 429 and 5xx, and waits for as long as it is asked to', async () => {
    const answers = [status(429, { 'retry-after': '7' }), status(503), status(204)];
    const server = await servers.stub((got, response, i) => {
      answers[i]!(got, response, i);
    });
    await write(server.url, { requests: messages('one') });
    expect(server.received.map(({ path }) => path)).to.deep.equal(Array(3).fill('/api/v1/write'));
    expect(pauses).to.deep.equal([7000, 1000]);
  });

  it('sends what is refused no second time, and the others all the same', async () => {
    const server = await servers.stub((got, response, i) => {
      status(i === 0 ? 400 : 204, {}, 'out of order sample')(got, response, i);
    });
    const error = await rejection(write(server.url, { requests: messages('one', 'two') }), 'gateway_refused');
    expect(error.detail).to.equal('out of order sample');
    expect(error.message).to.match(/^The remote-write receiver "http:/);
    expect(server.received.map(({ body }) => textOf(body))).to.deep.equal(['one', 'two']);
    expect(pauses).to.deep.equal([]);
  });

  it('gives up where it cannot get through', async () => {
    const server = await servers.stub(status(503));
    await rejection(
      write(server.url, { requests: messages('one', 'two'), retries: 2 }),
      'gateway_unreachable',
    );
    expect(server.received.map(({ body }) => textOf(body))).to.deep.equal(['one', 'one', 'one']);
  });

  it('says when credentials are wanted', async () => {
    const server = await servers.stub(status(401));
    await rejection(write(server.url, { requests: messages('one', 'two') }), 'gateway_credentials');
    expect(server.received).to.have.length(1);
  });

  for (const name of ['Authorization', 'content-type', 'Host', 'a b', '']) {
    it(`refuses the header "${name}"`, async () => {
      await rejection(write('http://localhost', { requests: [], headers: { [name]: 'x' } }), 'usage');
    });
  }
});
