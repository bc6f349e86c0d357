import { expect } from 'chai';
import type { GatewayRequest } from '../../src/sinks/handler.ts';
import { redirectedRequest } from '../../src/sinks/redirect.ts';
import { thrown } from './rejection.ts';

const request: GatewayRequest = {
  url: new URL('https://gateway:9091/metrics/job/j'),
  method: 'POST',
  headers: { Authorization: 'Basic c2VjcmV0', 'content-type': 'text/plain' },
  body: Buffer.from('up 1\n'),
  signal: new AbortController().signal,
  tls: { ca: 'CA', cert: 'CERT', key: 'KEY', passphrase: 'PASS', serverName: 'NAME', skipVerify: true },
  redirect: 'follow',
};

const to = (location: string, status = 307) => ({ status, headers: { location }, body: '' });

describe('redirectedRequest', () => {
  for (const status of [301, 302, 303, 307, 308]) {
    it(`keeps everything after ${status} on the same origin`, () => {
      const next = redirectedRequest(request, to('/elsewhere', status), 0);
      expect(next).to.deep.equal({ ...request, url: new URL('https://gateway:9091/elsewhere') });
    });
  }

  for (const origin of ['https://other:9091', 'https://gateway', 'https://gateway.evil:9091']) {
    it(`takes neither credentials nor identity to ${origin}`, () => {
      const next = redirectedRequest(request, to(`${origin}/x`), 0);
      expect(next?.url.origin).to.equal(origin);
      expect(next?.headers).to.deep.equal({ 'content-type': 'text/plain' });
      expect(next?.tls).to.deep.equal({ ca: 'CA', skipVerify: true });
      expect(next?.body).to.equal(request.body);
      expect(next?.method).to.equal('POST');
    });
  }

  it('does not use credentials of the Location', () => {
    const next = redirectedRequest(request, to('https://user:pass@gateway:9091/x'), 0);
    expect(next?.url.href).to.equal('https://gateway:9091/x');
  });

  it('is nothing where there is nothing to follow', () => {
    expect(redirectedRequest({ ...request, redirect: 'refuse' }, to('/x'), 0)).to.equal(undefined);
    expect(redirectedRequest(request, to('/x', 200), 0)).to.equal(undefined);
    expect(redirectedRequest(request, to('/x', 304), 0)).to.equal(undefined);
    expect(redirectedRequest(request, { status: 302, headers: {}, body: '' }, 0)).to.equal(undefined);
  });

  it('does not go from https to http', () => {
    const error = thrown('gateway_refused', () => redirectedRequest(request, to('http://gateway/x'), 0));
    expect(error.message).to.contain('"http://gateway/x"');
    const plain = { ...request, url: new URL('http://gateway/') };
    expect(redirectedRequest(plain, to('https://gateway/x'), 0)?.url.href).to.equal('https://gateway/x');
  });

  it('does not go to other schemes', () => {
    thrown('gateway_refused', () => redirectedRequest(request, to('file:///etc/passwd'), 0));
    thrown('gateway_refused', () => redirectedRequest(request, to('http://'), 0));
  });

  it('goes five times and no more', () => {
    expect(redirectedRequest(request, to('/x'), 4)).not.to.equal(undefined);
    const error = thrown('gateway_refused', () => redirectedRequest(request, to('/x'), 5));
    expect(error.message).to.contain('5 times');
  });
});
