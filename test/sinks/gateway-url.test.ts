import { expect } from 'chai';
import { parseGatewayUrl, shownUrl, withPath } from '../../src/sinks/gateway-url.ts';
import { thrown } from './rejection.ts';

describe('parseGatewayUrl', () => {
  const cases: [address: string, href: string][] = [
    ['http://host:9091', 'http://host:9091/metrics/job/j'],
    ['http://host:9091/', 'http://host:9091/metrics/job/j'],
    ['https://host/some/prefix', 'https://host/some/prefix/metrics/job/j'],
    ['https://host/some/prefix//', 'https://host/some/prefix/metrics/job/j'],
    ['http://host//twice', 'http://host//twice/metrics/job/j'],
    ['host:9091', 'http://host:9091/metrics/job/j'],
    ['localhost', 'http://localhost/metrics/job/j'],
    ['host:9091/prefix/', 'http://host:9091/prefix/metrics/job/j'],
    ['[::1]:9091', 'http://[::1]:9091/metrics/job/j'],
    ['HTTPS://Host', 'https://host/metrics/job/j'],
    [' host:9091\n', 'http://host:9091/metrics/job/j'],
  ];
  for (const [address, href] of cases) {
    it(`reads ${JSON.stringify(address)}`, () => {
      expect(withPath(parseGatewayUrl(address), '/metrics/job/j').href).to.equal(href);
    });
  }

  for (const address of [
    'ftp://host',
    'unix:///run/gateway',
    'http://',
    '',
    'host:port',
    'http://a b',
    'http://host/?q=1',
    'host#x',
  ]) {
    it(`refuses ${JSON.stringify(address)}`, () => {
      thrown('usage', () => parseGatewayUrl(address));
    });
  }

  for (const address of [
    'http://user:hunter2@host:9091',
    'user:hunter2@host',
    'https://hunter2@host',
    'http://user:hunter2/x@host',
    'http://user:hunter2?x@host',
    'ftp://user:hunter2@host',
    'http://user:hunter2@',
  ]) {
    it(`refuses ${address.replace('hunter2', 'PASSWORD')} without repeating the password`, () => {
      const error = thrown('usage', () => parseGatewayUrl(address));
      expect([error.message, error.hint, error.detail, error.stack].join()).not.to.contain('hunter2');
    });
  }
});

describe('shownUrl', () => {
  it('leaves out credentials and queries', () => {
    expect(shownUrl(new URL('http://user:hunter2@host:9091/prefix/?token=x#y'))).to.equal(
      'http://host:9091/prefix',
    );
  });
});
