import { expect } from 'chai';
import type { ErrorCode } from '../../src/errors.ts';
import { gatewayErrorOfStatus } from '../../src/sinks/gateway-error.ts';

const url = new URL('http://user:hunter2@gateway:9091');

describe('gatewayErrorOfStatus', () => {
  const cases: [status: number, expected: ErrorCode][] = [
    [401, 'gateway_credentials'],
    [403, 'gateway_credentials'],
    [429, 'gateway_unreachable'],
    [500, 'gateway_unreachable'],
    [503, 'gateway_unreachable'],
    [599, 'gateway_unreachable'],
    [400, 'gateway_refused'],
    [404, 'gateway_refused'],
    [408, 'gateway_refused'],
    [413, 'gateway_refused'],
    [304, 'gateway_refused'],
    [302, 'gateway_refused'],
  ];
  for (const [status, expected] of cases) {
    it(`makes ${status} ${expected}`, () => {
      const error = gatewayErrorOfStatus({ status, headers: {}, body: 'its\u001b words' }, url);
      expect(error.code).to.equal(expected);
      expect(error.message).to.contain('"http://gateway:9091"').and.contain(`${status}`);
      expect(error.message).not.to.contain('hunter2');
      expect(error.detail).to.equal('its words');
      expect(error.hint).to.be.a('string');
    });
  }

  it('tells missing credentials from refused ones', () => {
    const answer = { status: 401, headers: {}, body: '' };
    expect(gatewayErrorOfStatus({ ...answer, sentCredentials: false }, url).message).to.contain(
      'none were given',
    );
    expect(gatewayErrorOfStatus({ ...answer, sentCredentials: true }, url).message).to.contain('refused');
  });

  it('says where credentials were left out after a redirect', () => {
    const answered = new URL('http://other:9091/metrics/job/j');
    const answer = { status: 401, headers: {}, body: '', sentCredentials: false, url: answered };
    expect(gatewayErrorOfStatus(answer, url).message).to.contain('"http://other:9091"');
  });

  it('names where a refused redirect leads, without credentials', () => {
    const location = 'https://user:hunter2@other/x?token=hunter2';
    const error = gatewayErrorOfStatus({ status: 308, headers: { location }, body: '' }, url);
    expect(error.message).to.contain('"https://other/x"').and.not.contain('hunter2');
    const relative = gatewayErrorOfStatus(
      { status: 302, headers: { location: '/login?x=1' }, body: '' },
      url,
    );
    expect(relative.message).to.contain('"/login"');
  });

  for (const words of [
    'Client sent an HTTP request to an HTTPS server.\n',
    '<html><body><center>The plain HTTP request was sent to HTTPS port</center></body></html>',
  ]) {
    it(`recognises an https port by "${words.slice(0, 20)}…"`, () => {
      const error = gatewayErrorOfStatus({ status: 400, headers: {}, body: words }, url);
      expect(error.code).to.equal('gateway_tls');
      expect(error.hint).to.contain('https://');
    });
  }
});
