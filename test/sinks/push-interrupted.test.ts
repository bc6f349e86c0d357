import { expect } from 'chai';
import { pushToGateway } from '../../src/sinks/push.ts';
import { rejection } from './rejection.ts';
import { runningServers } from './running-servers.ts';
import { status } from './stub-server.ts';

const push = { job: 'j', metrics: 'one 1\n' };

describe('a push that the caller gives up', () => {
  const { stub, raw } = runningServers();
  it('before it began sends nothing', async () => {
    const server = await stub(status(200));
    await rejection(pushToGateway(server.url, { ...push, signal: AbortSignal.abort() }), 'interrupted');
    expect(server.received).to.have.lengthOf(0);
  });

  it('ends while it waits for the answer', async () => {
    const controller = new AbortController();
    const server = await raw((socket) =>
      socket.once('data', () => {
        controller.abort(new Error('hunter2'));
      }),
    );
    const error = await rejection(
      pushToGateway(server.url, { ...push, signal: controller.signal }),
      'interrupted',
    );
    expect(error.message).to.contain(`"${server.url}"`);
    expect(server.sockets.size).to.equal(1);
  });

  it('ends while it pauses', async () => {
    const controller = new AbortController();
    const server = await stub(status(503, { 'retry-after': '30' }));
    const onRetry = (): void => {
      controller.abort();
    };
    await rejection(
      pushToGateway(server.url, { ...push, onRetry, signal: controller.signal }),
      'interrupted',
    );
    expect(server.received).to.have.lengthOf(1);
  });
});
