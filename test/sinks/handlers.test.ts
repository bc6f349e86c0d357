import { expect } from 'chai';
import { basicAuthHandler } from '../../src/sinks/basic-auth-handler.ts';
import { bearerAuthHandler } from '../../src/sinks/bearer-auth-handler.ts';
import type { GatewayHandler, GatewayRequest } from '../../src/sinks/handler.ts';
import { pushToGateway } from '../../src/sinks/push.ts';
import { tlsAuthHandler } from '../../src/sinks/tls-auth-handler.ts';
import { createCertificates, type Certificates } from '../support/certificates.ts';
import { thrown } from './rejection.ts';

describe('a handler', () => {
  let certificates: Certificates;
  before(async () => (certificates = await createCertificates()));
  after(() => certificates.remove());

  const seen: GatewayRequest[] = [];
  const own: GatewayHandler = (request) => {
    seen.push(request);
    return Promise.resolve({ status: 200, headers: {}, body: '' });
  };
  beforeEach(() => (seen.length = 0));

  it("can be the user's own, in any place", async () => {
    const handler = tlsAuthHandler(
      { ca: certificates.authority.cert },
      basicAuthHandler({ username: 'ü', password: 'p:q' }, own),
    );
    await pushToGateway('https://host/p', { job: 'j', metrics: 'one 1\n', compression: 'none', handler });
    const [request] = seen;
    expect(request?.url.href).to.equal('https://host/p/metrics/job/j');
    expect(request?.headers['authorization']).to.equal(`Basic ${Buffer.from('ü:p:q').toString('base64')}`);
    expect(request?.tls?.ca).to.equal(certificates.authority.cert);
    expect(Buffer.from(request?.body ?? []).toString()).to.equal('one 1\n');
  });

  it('adds a bearer token', async () => {
    await pushToGateway('host', {
      job: 'j',
      metrics: '',
      handler: bearerAuthHandler({ token: 'abc.def' }, own),
    });
    expect(seen[0]?.headers['authorization']).to.equal('Bearer abc.def');
  });

  it('refuses credentials that cannot be sent, without repeating them', () => {
    for (const token of ['', 'hunter2\n', 'hunter2 x', 'hunter2é', 'hunter2\r\nx: y']) {
      expect(thrown('usage', () => bearerAuthHandler({ token })).message).not.to.contain('hunter2');
    }
    const error = thrown('usage', () => basicAuthHandler({ username: 'a:hunter2', password: 'p' }));
    expect(error.message).not.to.contain('hunter2');
  });
});
