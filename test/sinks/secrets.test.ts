import { inspect } from 'node:util';
import { expect } from 'chai';
import { RttsharkError } from '../../src/errors.ts';
import { basicAuthHandler } from '../../src/sinks/basic-auth-handler.ts';
import { bearerAuthHandler } from '../../src/sinks/bearer-auth-handler.ts';
import type { GatewayHandler, GatewayRequest } from '../../src/sinks/handler.ts';
import { pushToGateway } from '../../src/sinks/push.ts';
import { freePort } from '../support/ports.ts';
import { startStubServer, type StubServer } from './stub-server.ts';

const secret = 'hunter2-ß/%';
const packed = Buffer.from(`probe:${secret}`).toString('base64');
const token = 'tok.hunter2.en';

const kinds: [name: string, make: (next?: GatewayHandler) => GatewayHandler][] = [
  ['basicAuthHandler', (next) => basicAuthHandler({ username: 'probe', password: secret }, next)],
  ['bearerAuthHandler', (next) => bearerAuthHandler({ token }, next)],
];

/** All that a log could hold of a value. */
function everything(value: unknown): string {
  const deep = inspect(value, { depth: Infinity, showHidden: true, maxStringLength: Infinity });
  if (!(value instanceof Error)) return deep;
  const { message, stack = '' } = value;
  const { hint = '', detail = '' } = value instanceof RttsharkError ? value : {};
  return [deep, message, stack, hint, detail, JSON.stringify(value), everything(value.cause)].join('\n');
}

function expectNoSecret(value: unknown): void {
  const text = everything(value);
  expect(text).not.to.contain('hunter2');
  expect(text).not.to.contain(packed);
}

async function failureOf(url: string, handler: GatewayHandler): Promise<unknown> {
  const options = { job: 'j', metrics: 'one 1\n', handler, retries: 0, timeoutMs: 5000 };
  return pushToGateway(url, options).then(
    () => {
      throw new Error('The push did not fail.');
    },
    (error: unknown) => error,
  );
}

/** Throws the request, as HTTP libraries do that put it into their errors. */
const throwing: [what: string, handler: GatewayHandler][] = [
  ['a plain error', (request) => Promise.reject(Object.assign(new Error(said(request)), { request }))],
  [
    'a network error',
    (request) => Promise.reject(Object.assign(new Error(said(request)), { code: 'ECONNRESET', request })),
  ],
  [
    'an error of rttshark',
    (request) =>
      Promise.reject(
        new RttsharkError('gateway_refused', said(request), {
          hint: said(request),
          detail: said(request),
          cause: request,
        }),
      ),
  ],
  [
    'a cause',
    (request) => Promise.reject(new Error('x', { cause: { deep: { down: { here: { and: request } } } } })),
  ],
];

function said(request: GatewayRequest): string {
  return `sent ${request.headers['authorization'] ?? ''}`;
}

for (const [name, make] of kinds) {
  describe(`a secret of ${name}`, () => {
    let server: StubServer;
    let echo = 400;
    before(async () => {
      // The worst that a server can do: send back all that it got, unpacked too.
      server = await startStubServer(({ headers }, response) => {
        const plain = Buffer.from(headers.authorization?.split(' ')[1] ?? '', 'base64').toString();
        response.writeHead(echo, {
          location: `http://localhost/${encodeURI(headers.authorization ?? '')}`,
          'retry-after': headers.authorization,
        });
        response.end(JSON.stringify(headers) + plain);
      });
    });
    after(() => server.stop());

    for (const status of [302, 400, 401, 403, 404, 429, 503]) {
      it(`is not in the error of ${status}, though the server repeats it`, async () => {
        echo = status;
        const error = await failureOf(server.url, make());
        expect(error).to.be.instanceOf(RttsharkError);
        expectNoSecret(error);
        expect(server.received.at(-1)?.headers.authorization).to.match(/^(Basic|Bearer) /);
      });
    }

    it('is not in the error of a connection', async () => {
      expectNoSecret(await failureOf(`http://127.0.0.1:${await freePort()}`, make()));
    });

    for (const [what, next] of throwing) {
      it(`is not in ${what} of the user's own handler`, async () => {
        expectNoSecret(await failureOf('http://host', make(next)));
      });
    }

    it('is not in the handler', () => {
      expectNoSecret(make());
    });
  });
}

describe('the Authorization header', () => {
  it('follows to the same origin, and to no other', async () => {
    const other = await startStubServer((_got, response) => response.writeHead(401).end());
    const first = await startStubServer(({ path }, response) => {
      const location = path.startsWith('/here/') ? `${other.url}${path}` : `/here${path}`;
      response.writeHead(307, { location }).end();
    });
    try {
      const handler = basicAuthHandler({ username: 'probe', password: secret });
      const options = { job: 'j', metrics: 'one 1\n', handler, redirect: 'follow' as const };
      const error: unknown = await pushToGateway(first.url, options).catch((caught: unknown) => caught);
      expect((error as RttsharkError).message)
        .to.contain(`"${other.url}"`)
        .and.contain('credentials');
    } finally {
      await first.stop();
      await other.stop();
    }
    expect(first.received.map(({ headers }) => headers.authorization)).to.deep.equal([
      `Basic ${packed}`,
      `Basic ${packed}`,
    ]);
    expect(other.received.map(({ headers }) => headers.authorization)).to.deep.equal([undefined]);
  });
});
