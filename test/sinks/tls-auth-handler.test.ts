import { expect } from 'chai';
import { pushToGateway } from '../../src/sinks/push.ts';
import { tlsAuthHandler } from '../../src/sinks/tls-auth-handler.ts';
import { createCertificates, type Certificates } from '../support/certificates.ts';
import { rejection, thrown } from './rejection.ts';
import { startStubServer, status } from './stub-server.ts';

describe('tlsAuthHandler', () => {
  let certificates: Certificates;
  before(async () => (certificates = await createCertificates()));
  after(() => certificates.remove());

  it('says that https was spoken to an http port', async () => {
    const server = await startStubServer(status(200));
    try {
      const url = server.url.replace('http', 'https');
      const error = await rejection(pushToGateway(url, { job: 'j', metrics: '' }), 'gateway_tls');
      expect(error.message).to.contain('does not speak TLS');
    } finally {
      await server.stop();
    }
  });

  it('does not accept an expired certificate', async () => {
    const server = await startStubServer(status(200), { ...certificates.expired });
    try {
      const handler = tlsAuthHandler({ ca: certificates.authority.cert });
      const error = await rejection(
        pushToGateway(server.url, { job: 'j', metrics: '', handler }),
        'gateway_tls',
      );
      expect(error.message).to.contain('expired');
    } finally {
      await server.stop();
    }
  });

  it('accepts any certificate where asked to, with one warning', async () => {
    const server = await startStubServer(status(200), { ...certificates.expired });
    const warnings: string[] = [];
    try {
      const handler = tlsAuthHandler({ skipVerify: true, onWarning: (message) => warnings.push(message) });
      await pushToGateway(server.url, { job: 'j', metrics: '', handler });
      await pushToGateway(server.url, { job: 'j', metrics: '', handler });
    } finally {
      await server.stop();
    }
    expect(server.received).to.have.lengthOf(2);
    expect(warnings).to.have.lengthOf(1);
    expect(warnings[0]).to.contain('not checked').and.contain(`"${server.url}"`);
  });

  it('warns where the URL is not https', async () => {
    const server = await startStubServer(status(200));
    const warnings: string[] = [];
    try {
      const handler = tlsAuthHandler({
        ca: certificates.authority.cert,
        onWarning: (message) => warnings.push(message),
      });
      await pushToGateway(server.url, { job: 'j', metrics: '', handler });
    } finally {
      await server.stop();
    }
    expect(warnings.join()).to.contain('not https');
  });

  it('refuses what it cannot use, before anything is sent', () => {
    const { cert, key } = certificates.client;
    thrown('usage', () => tlsAuthHandler({ cert }));
    thrown('usage', () => tlsAuthHandler({ key }));
    thrown('usage', () => tlsAuthHandler({ ca: 'no certificate' }));
    thrown('usage', () => tlsAuthHandler({ cert, key: certificates.stranger.key }));
    thrown('usage', () => tlsAuthHandler({ cert, key: 'no key' }));
  });
});
