import type { Socket } from 'node:net';
import { expect } from 'chai';
import type { GatewayHandler } from '../../src/sinks/handler.ts';
import { pushToGateway } from '../../src/sinks/push.ts';
import { rejection } from './rejection.ts';
import { runningServers } from './running-servers.ts';

const push = { job: 'j', metrics: 'one 1\n' };

describe('a push that takes too long', () => {
  const { stub, raw } = runningServers();
  const timers = new Set<NodeJS.Timeout>();
  afterEach(() => {
    timers.forEach(clearInterval);
    timers.clear();
  });
  const drip = (socket: Socket, head: string, text: string): void => {
    socket.write(head);
    timers.add(setInterval(() => socket.write(text), 10));
  };

  const hanging: [what: string, onSocket: (socket: Socket) => void][] = [
    ['a server that never answers', () => undefined],
    [
      'headers that never end',
      (socket) => {
        drip(socket, 'HTTP/1.1 200 OK\r\n', 'x-more: 1\r\n');
      },
    ],
    [
      'a body that never ends',
      (socket) => {
        drip(socket, 'HTTP/1.1 400 Bad\r\ncontent-length: 9999\r\n\r\n', 'x');
      },
    ],
  ];
  for (const [what, onSocket] of hanging) {
    it(`gives up on ${what}, and does not try again`, async () => {
      const server = await raw(onSocket);
      const error = await rejection(
        pushToGateway(server.url, { ...push, timeoutMs: 300 }),
        'gateway_timeout',
      );
      expect(error.message).to.contain('0.3 s').and.contain(`"${server.url}"`);
      expect(server.sockets.size).to.equal(1);
    });
  }

  it('gives up on a handler that does not listen to its signal', async () => {
    const handler: GatewayHandler = () => new Promise(() => undefined);
    await rejection(pushToGateway('host', { ...push, timeoutMs: 20, handler }), 'gateway_timeout');
  });

  it('stops reading an answer that is too long to be meant', async () => {
    const server = await stub((_got, response) => {
      response.writeHead(400);
      const more = (): boolean => response.write('x'.repeat(10_000), () => !response.destroyed && more());
      more();
    });
    const error = await rejection(pushToGateway(server.url, push), 'gateway_refused');
    expect(error.detail).to.have.lengthOf.below(2100);
  });
});
