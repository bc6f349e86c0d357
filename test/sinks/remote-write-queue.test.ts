import { expect } from 'chai';
import { snappyUncompress } from 'hysnappy';
import type { RttsharkError } from '../../src/errors.ts';
import { RemoteWriteQueue } from '../../src/sinks/remote-write-queue.ts';
import { makeReceiver } from '../../src/sinks/remote-write-receiver.ts';
import { until } from '../support/deadline.ts';
import { runningServers } from './running-servers.ts';
import { status, type StubServer } from './stub-server.ts';

/** Each is of 10 samples; snappy makes it two or three bytes longer. */
const message = (text: string) => ({ bytes: Buffer.from(text), samples: 10 });

describe('RemoteWriteQueue', () => {
  const servers = runningServers();
  let failures: [code: string, lost: number][] = [];
  let overflows = 0;
  let pauses: number[] = [];

  function queueTo(server: StubServer, { maxBytes = 1e6, retries = 3, timeoutMs = 20_000 } = {}) {
    [failures, overflows, pauses] = [[], 0, []];
    const sleep = (ms: number) => {
      pauses.push(ms);
      return new Promise((resolve) => setImmediate(resolve));
    };
    const receiver = makeReceiver(server.url, {
      retries,
      timeoutMs,
      sleep,
      random: () => 0,
      longestRetryAfterMs: 100_000,
    });
    return new RemoteWriteQueue({
      receiver,
      maxBytes,
      onFailure: (error: RttsharkError, lost) => failures.push([error.code, lost]),
      onSuccess: () => undefined,
      onOverflow: (samples) => (overflows += samples),
    });
  }

  const texts = ({ received }: StubServer): string[] =>
    received.map(({ body }) => Buffer.from(snappyUncompress(body, body[0]!)).toString());

  it('sends in order, one at a time', async () => {
    let [atWork, most] = [0, 0];
    const server = await servers.stub((_got, response) => {
      most = Math.max(most, (atWork += 1));
      setImmediate(() => {
        atWork -= 1;
        response.writeHead(204).end();
      });
    });
    const queue = queueTo(server);
    for (let i = 0; i < 20; i++) queue.add(message(`${i}`));
    expect(queue.counts()).to.include({ written: 0, pending: 200, lastSuccessAt: null });
    expect(await queue.end()).to.equal(undefined);
    expect(texts(server)).to.deep.equal(Array.from({ length: 20 }, (_, i) => `${i}`));
    expect(most).to.equal(1);
    expect(queue.counts()).to.deep.include({ written: 200, failed: {}, dropped: 0, pending: 0 });
    expect(queue.counts().lastSuccessAt).to.be.closeTo(Date.now() / 1000, 60);
  });

  it('keeps what waits while the receiver is away, and goes on where it was', async () => {
    const answers = [204, 503, 429, 500, 502, 204];
    const server = await servers.stub((got, response, i) => {
      status(answers[i] ?? 204, i === 2 ? { 'retry-after': '90' } : {})(got, response, i);
    });
    const queue = queueTo(server, { retries: 0 });
    for (const text of ['a', 'b', 'c']) queue.add(message(text));
    await until('all was written', () => queue.counts().written === 30 || undefined);
    expect(texts(server)).to.deep.equal(['a', 'b', 'b', 'b', 'b', 'b', 'c']);
    expect(failures).to.deep.equal(Array(4).fill(['gateway_unreachable', 0]));
    expect(pauses).to.deep.equal([500, 90_000, 2000, 4000]);
    expect(await queue.end()).to.equal(undefined);
  });

  it('sends again what has timed out', async () => {
    const server = await servers.stub((_got, response, i) => {
      if (i > 0) response.writeHead(204).end();
    });
    const queue = queueTo(server, { timeoutMs: 50 });
    queue.add(message('a'));
    await until('it was written', () => (queue.counts().written === 10 ? true : undefined));
    expect(texts(server)).to.deep.equal(['a', 'a']);
    expect(failures).to.deep.equal([['gateway_timeout', 0]]);
  });

  it('drops the oldest that wait when there are too many, and counts them', async () => {
    let answer: (() => void) | undefined;
    const server = await servers.stub((_got, response, i) => {
      const ok = () => response.writeHead(204).end();
      if (i === 0) answer = ok;
      else ok();
    });
    const queue = queueTo(server, { maxBytes: 9 });
    queue.add(message('a'));
    await until('the first was under way', () => answer);
    for (const text of ['b', 'c', 'd', 'e', 'f']) queue.add(message(text));
    expect(overflows).to.equal(20);
    answer!();
    expect(await queue.end()).to.equal(undefined);
    expect(texts(server)).to.deep.equal(['a', 'd', 'e', 'f']);
    expect(queue.counts()).to.deep.include({ written: 40, dropped: 20, pending: 0 });
  });

  it('loses what is refused, and that alone', async () => {
    const server = await servers.stub((got, response, i) => {
      status([204, 400, 401][i] ?? 204)(got, response, i);
    });
    const queue = queueTo(server);
    for (const text of ['a', 'b', 'c', 'd']) queue.add(message(text));
    await until('all was sent', () => queue.counts().pending === 0 || undefined);
    expect(texts(server)).to.deep.equal(['a', 'b', 'c', 'd']);
    const failed = { gateway_refused: 10, gateway_credentials: 10 };
    expect(queue.counts()).to.deep.include({ written: 20, failed, dropped: 0 });
    expect(failures).to.deep.equal([
      ['gateway_refused', 10],
      ['gateway_credentials', 10],
    ]);
    // That was long ago: the end is about what it sends itself.
    expect(await queue.end()).to.equal(undefined);
  });

  it('ends in a bounded time where nothing gets through, and tells what is lost', async () => {
    const server = await servers.stub(status(503));
    const queue = queueTo(server, { retries: 2 });
    queue.add(message('a'));
    queue.add(message('b'));
    await until('it was tried often', () => server.received.length > 5 || undefined);
    const before = server.received.length;
    const error = await queue.end();
    expect(error?.code).to.equal('gateway_unreachable');
    expect(server.received.length - before).to.be.within(2, 4);
    expect(queue.counts()).to.deep.include({ written: 0, dropped: 20, pending: 0 });
    expect(failures.at(-1)).to.deep.equal(['gateway_unreachable', 20]);
  });

  it('can be stopped while the receiver does not answer', async () => {
    const server = await servers.stub(() => undefined);
    const queue = queueTo(server);
    queue.add(message('a'));
    await until('it was asked', () => server.received.length > 0 || undefined);
    queue.stop();
    expect(queue.counts()).to.deep.include({ written: 0, dropped: 10, pending: 0 });
    expect(await queue.end()).to.equal(undefined);
  });
});
