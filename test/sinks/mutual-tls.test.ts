import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import { basicAuthHandler } from '../../src/sinks/basic-auth-handler.ts';
import { defaultHandler } from '../../src/sinks/default-handler.ts';
import type { GatewayHandler } from '../../src/sinks/handler.ts';
import { deleteFromGateway, pushAddToGateway, pushToGateway } from '../../src/sinks/push.ts';
import { tlsAuthHandler, type TlsAuthOptions } from '../../src/sinks/tls-auth-handler.ts';
import { createCertificates, type Certificates } from '../support/certificates.ts';
import { gatewayUser, startPushgateway, type Pushgateway } from '../support/pushgateway.ts';
import { eventually } from './eventually.ts';
import { noSleep, rejection, thrown } from './rejection.ts';
import { startStubServer, status } from './stub-server.ts';

describe('mutual TLS with basic authentication', () => {
  let certificates: Certificates;
  let gateway: Pushgateway;
  let tls: TlsAuthOptions;
  before(async () => {
    certificates = await createCertificates();
    gateway = await startPushgateway({ mutualTls: certificates, basicAuth: true });
    tls = {
      ca: certificates.authority.cert,
      cert: certificates.client.cert,
      key: certificates.client.key,
    };
  });
  after(async () => {
    await gateway.stop();
    await certificates.remove();
  });

  const push = (handler: GatewayHandler, url = gateway.url): Promise<void> =>
    pushToGateway(url, { job: 'j', metrics: 'one 1\n', handler, sleep: noSleep().sleep });

  it('pushes, adds and deletes, the handlers nested either way', async () => {
    const handler = tlsAuthHandler(tls, basicAuthHandler(gatewayUser));
    await push(handler);
    await pushAddToGateway(gateway.url, { job: 'j', metrics: 'two 2\n', handler });
    expect(await gateway.groups()).to.deep.equal([{ labels: { job: 'j' }, metrics: ['one', 'two'] }]);
    await deleteFromGateway(gateway.url, {
      job: 'j',
      handler: basicAuthHandler(gatewayUser, tlsAuthHandler(tls)),
    });
    await eventually(async () => {
      expect(await gateway.groups()).to.deep.equal([]);
    });
  });

  it('tells a wrong password from a missing one', async () => {
    const wrong = basicAuthHandler({ username: gatewayUser.username, password: 'hunter2' });
    const refused = await rejection(push(tlsAuthHandler(tls, wrong)), 'gateway_credentials');
    expect(refused.message).to.contain('refused the credentials').and.contain(`"${gateway.url}"`);
    const missing = await rejection(push(tlsAuthHandler(tls)), 'gateway_credentials');
    expect(missing.message).to.contain('none were given');
  });

  it('hears of a wrong password while a large body is on its way', async () => {
    const wrong = basicAuthHandler({ username: gatewayUser.username, password: 'hunter2' });
    const metrics = Buffer.alloc(8 * 1024 * 1024, 'x');
    await rejection(
      pushToGateway(gateway.url, {
        job: 'j',
        metrics,
        compression: 'none',
        handler: tlsAuthHandler(tls, wrong),
        retries: 0,
      }),
      'gateway_credentials',
    );
  });

  it('does not trust an unknown authority', async () => {
    const stranger = tlsAuthHandler(
      { ...tls, ca: certificates.stranger.cert },
      basicAuthHandler(gatewayUser),
    );
    const error = await rejection(push(stranger), 'gateway_tls');
    expect(error.message).to.contain('authority').and.contain(`"${gateway.url}"`);
    await rejection(push(basicAuthHandler(gatewayUser)), 'gateway_tls');
  });

  it('says that a client certificate is missing, or not good', async () => {
    const missing = await rejection(push(tlsAuthHandler({ ca: tls.ca })), 'gateway_tls');
    expect(missing.message).to.contain('client certificate');
    const { cert, key } = certificates.strangeClient;
    const strange = await rejection(push(tlsAuthHandler({ ...tls, cert, key })), 'gateway_tls');
    expect(strange.message).to.contain('client certificate');
  });

  it('checks the name, which can be another than that of the URL', async () => {
    const handler = tlsAuthHandler(tls, basicAuthHandler(gatewayUser));
    const options = { ...tls, serverName: 'gateway.example' };
    const error = await rejection(
      push(tlsAuthHandler(options, basicAuthHandler(gatewayUser))),
      'gateway_tls',
    );
    expect(error.message).to.contain('another name');
    const server = await startStubServer(status(200), { ...certificates.server });
    try {
      await push(handler, server.url.replace('localhost', '127.0.0.1'));
      await push(tlsAuthHandler({ ...tls, serverName: 'localhost' }), server.url);
    } finally {
      await server.stop();
    }
  });

  it('says that http was spoken to an https port', async () => {
    const error = await rejection(push(defaultHandler, gateway.url.replace('https', 'http')), 'gateway_tls');
    expect(error.message).to.contain('expects https');
    expect(error.detail).to.contain('HTTP request to an HTTPS server');
  });

  it('decrypts the key', async () => {
    const encrypted = await readFile(certificates.encryptedKeyFile);
    const options = { ...tls, key: encrypted, passphrase: certificates.passphrase };
    await push(tlsAuthHandler(options, basicAuthHandler(gatewayUser)));
    thrown('usage', () => tlsAuthHandler({ ...options, passphrase: 'wrong' }));
    thrown('usage', () => tlsAuthHandler({ ...tls, key: encrypted }));
  });
});
