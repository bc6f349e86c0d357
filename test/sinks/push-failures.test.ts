import { expect } from 'chai';
import type { GatewayHandler } from '../../src/sinks/handler.ts';
import { pushAddToGateway, pushToGateway } from '../../src/sinks/push.ts';
import type { RetryNotice } from '../../src/sinks/send.ts';
import { freePort } from '../support/ports.ts';
import { noSleep, rejection } from './rejection.ts';
import { runningServers } from './running-servers.ts';
import { status } from './stub-server.ts';

const push = { job: 'j', metrics: 'one 1\n', random: () => 0 };

describe('a push that fails', () => {
  const { stub, raw } = runningServers();

  it('at a closed port is tried again, then given up', async () => {
    const url = `http://127.0.0.1:${await freePort()}`;
    const { sleep, pauses } = noSleep();
    const notices: RetryNotice[] = [];
    const onRetry = (notice: RetryNotice): void => void notices.push(notice);
    const error = await rejection(pushToGateway(url, { ...push, sleep, onRetry }), 'gateway_unreachable');
    expect(error.message).to.contain(`"${url}"`).and.contain('4 times');
    expect(pauses).to.deep.equal([500, 1000, 2000]);
    expect(notices.map(({ retry, retries, pauseMs }) => [retry, retries, pauseMs])).to.deep.equal([
      [1, 3, 500],
      [2, 3, 1000],
      [3, 3, 2000],
    ]);
    expect(notices[0]?.error.code).to.equal('gateway_unreachable');
  });

  it('for a name that nobody has says so', async () => {
    const error = await rejection(
      pushToGateway('http://gateway.invalid', { ...push, retries: 0 }),
      'gateway_unreachable',
    );
    expect(error.message).to.match(/name/);
  });

  it('with 503 is tried again, then given up', async () => {
    const server = await stub(status(503, { 'content-type': 'text/html' }, '<h1>503 Service Down</h1>'));
    const { sleep, pauses } = noSleep();
    const error = await rejection(
      pushToGateway(server.url, { ...push, sleep, retries: 2 }),
      'gateway_unreachable',
    );
    expect(server.received).to.have.lengthOf(3);
    expect(pauses).to.deep.equal([500, 1000]);
    expect(error.message).to.contain('503').and.contain('3 times');
    expect(error.detail).to.equal('503 Service Down');
  });

  it('with 503 at first succeeds in the end, with the same body', async () => {
    const server = await stub((got, response, index) => {
      status(index < 2 ? 503 : 200)(got, response, index);
    });
    await pushAddToGateway(server.url, { ...push, sleep: noSleep().sleep });
    expect(server.received.map(({ method, text }) => [method, text])).to.deep.equal([
      ['POST', 'one 1\n'],
      ['POST', 'one 1\n'],
      ['POST', 'one 1\n'],
    ]);
  });

  it('with 429 waits as long as the server asks', async () => {
    const server = await stub((got, response, index) => {
      status(index === 0 ? 429 : 202, { 'retry-after': '7' })(got, response, index);
    });
    const { sleep, pauses } = noSleep();
    await pushToGateway(server.url, { ...push, sleep });
    expect(pauses).to.deep.equal([7000]);
  });

  for (const code of [400, 401, 403, 404, 413]) {
    it(`with ${code} is not tried again`, async () => {
      const server = await stub(status(code));
      const expected = code === 401 || code === 403 ? 'gateway_credentials' : 'gateway_refused';
      await rejection(pushToGateway(server.url, { ...push, sleep: noSleep().sleep }), expected);
      expect(server.received).to.have.lengthOf(1);
    });
  }

  it('because the connection was lost is tried again', async () => {
    const server = await raw((socket) => socket.once('data', () => socket.destroy()));
    const error = await rejection(
      pushToGateway(server.url, { ...push, sleep: noSleep().sleep }),
      'gateway_unreachable',
    );
    expect(server.sockets.size).to.equal(4);
    expect(error.message).to.contain('connection');
  });

  it('because what answers is no HTTP is not tried again', async () => {
    const server = await raw((socket) => socket.once('data', () => socket.end('220 mail ready\r\n\r\n')));
    const error = await rejection(
      pushToGateway(server.url, { ...push, sleep: noSleep().sleep }),
      'gateway_unreachable',
    );
    expect(server.sockets.size).to.equal(1);
    expect(error.message).to.contain('does not speak HTTP');
  });

  it('because plain text met TLS says so', async () => {
    const alert = Buffer.from('15030300020246', 'hex');
    const server = await raw((socket) => socket.once('data', () => socket.end(alert)));
    const error = await rejection(pushToGateway(server.url, { ...push, retries: 0 }), 'gateway_tls');
    expect(error.hint).to.contain('https://');
  });

  it('because the answer was cut short is tried again', async () => {
    const server = await raw((socket) =>
      socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nx')),
    );
    await rejection(pushToGateway(server.url, { ...push, sleep: noSleep().sleep }), 'gateway_unreachable');
    expect(server.sockets.size).to.equal(4);
  });

  it('in a handler of the user, by a bug, shows the bug', async () => {
    const bug = new TypeError('x is undefined');
    const handler: GatewayHandler = () => Promise.reject(bug);
    const error: unknown = await pushToGateway('host', { ...push, handler }).catch(
      (caught: unknown) => caught,
    );
    expect(error).to.equal(bug);
  });

  it('in a handler of the user, by fetch, is explained', async () => {
    const url = `http://127.0.0.1:${await freePort()}`;
    const handler: GatewayHandler = async (request) => {
      const response = await fetch(request.url, { method: request.method, signal: request.signal });
      return { status: response.status, headers: {}, body: await response.text() };
    };
    await rejection(pushToGateway(url, { ...push, retries: 0, handler }), 'gateway_unreachable');
  });

  it('cannot disturb another: each request has a connection of its own', async () => {
    const server = await stub(status(200));
    await Promise.all([pushToGateway(server.url, push), pushToGateway(server.url, push)]);
    expect(server.connections()).to.equal(2);
  });
});
