import { expect } from 'chai';
import type { ErrorCode } from '../../src/errors.ts';
import { gatewayErrorOfFailure, gatewayTimeout } from '../../src/sinks/gateway-failure.ts';
import { TransportError, toTransportError, type TransportPhase } from '../../src/sinks/transport-error.ts';

const http = new URL('http://user:hunter2@gateway:9091');
const https = new URL('https://gateway:9091');

describe('gatewayErrorOfFailure', () => {
  const cases: [code: string, message: string, expected: ErrorCode, words: RegExp][] = [
    ['ECONNREFUSED', 'connect ECONNREFUSED', 'gateway_unreachable', /Nothing listens/],
    ['ENOTFOUND', 'getaddrinfo ENOTFOUND', 'gateway_unreachable', /name is not known/],
    ['EAI_AGAIN', 'getaddrinfo EAI_AGAIN', 'gateway_unreachable', /looked up/],
    ['EHOSTUNREACH', 'connect EHOSTUNREACH', 'gateway_unreachable', /connection/],
    ['ENETUNREACH', 'connect ENETUNREACH', 'gateway_unreachable', /connection/],
    ['UND_ERR_SOCKET', 'other side closed', 'gateway_unreachable', /connection/],
    ['HPE_INVALID_CONSTANT', 'Expected HTTP/', 'gateway_unreachable', /does not speak HTTP/],
    ['ETIMEDOUT', 'connect ETIMEDOUT', 'gateway_timeout', /timed out/],
    ['UND_ERR_CONNECT_TIMEOUT', 'x', 'gateway_timeout', /timed out/],
    ['UND_ERR_HEADERS_TIMEOUT', 'x', 'gateway_timeout', /timed out/],
    ['UND_ERR_BODY_TIMEOUT', 'x', 'gateway_timeout', /timed out/],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'x', 'gateway_tls', /authority/],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'x', 'gateway_tls', /authority/],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'x', 'gateway_tls', /authority/],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'x', 'gateway_tls', /authority/],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'x', 'gateway_tls', /another name/],
    ['CERT_HAS_EXPIRED', 'x', 'gateway_tls', /expired/],
    ['CERT_NOT_YET_VALID', 'x', 'gateway_tls', /not valid yet/],
    ['CERT_REVOKED', 'x', 'gateway_tls', /revoked/],
    ['CERT_SOMETHING_NEW', 'x', 'gateway_tls', /TLS/],
    ['ERR_TLS_HANDSHAKE_TIMEOUT', 'x', 'gateway_tls', /TLS/],
    ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'x', 'gateway_tls', /client certificate/],
    ['ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE', 'x', 'gateway_tls', /client certificate/],
    ['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', 'x', 'gateway_tls', /client certificate/],
    ['ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE', 'x', 'gateway_tls', /client certificate/],
    [
      'EPROTO',
      'error:0A00045C:SSL routines::tlsv13 alert certificate required',
      'gateway_tls',
      /client certificate/,
    ],
    ['EPROTO', 'error:0A00010B:SSL routines::wrong version number', 'gateway_tls', /does not speak TLS/],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'x', 'gateway_tls', /does not speak TLS/],
    ['ERR_SSL_PACKET_LENGTH_TOO_LONG', 'x', 'gateway_tls', /does not speak TLS/],
    ['EPROTO', 'x', 'gateway_tls', /TLS/],
  ];
  for (const [code, message, expected, words] of cases) {
    it(`makes ${code} (${message}) ${expected}`, () => {
      const error = gatewayErrorOfFailure(new TransportError(message, code), http);
      expect(error.code).to.equal(expected);
      expect(error.message).to.match(words).and.contain('"http://gateway:9091"').and.not.contain('hunter2');
      expect(error.detail).to.contain(message).and.contain(code);
      expect(error.hint).to.be.a('string');
    });
  }

  const losses: [url: URL, phase: TransportPhase | undefined, expected: ErrorCode][] = [
    [https, 'handshake', 'gateway_tls'],
    [https, 'sent', 'gateway_tls'],
    [https, 'answering', 'gateway_unreachable'],
    [https, 'connecting', 'gateway_unreachable'],
    [https, undefined, 'gateway_unreachable'],
    [http, 'sent', 'gateway_unreachable'],
  ];
  for (const [url, phase, expected] of losses) {
    for (const code of ['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']) {
      it(`makes ${code} while ${phase ?? 'at an unknown point'}, over ${url.protocol}, ${expected}`, () => {
        expect(gatewayErrorOfFailure(new TransportError('x', code, phase), url).code).to.equal(expected);
      });
    }
  }

  it('says how often it was tried, if more than once', () => {
    const failure = new TransportError('x', 'ECONNREFUSED');
    expect(gatewayErrorOfFailure(failure, http, 4).message).to.contain('4 times');
    expect(gatewayErrorOfFailure(failure, http, 1).message).not.to.contain('times');
  });
});

describe('gatewayTimeout', () => {
  it('says how long it waited', () => {
    expect(gatewayTimeout(http, 1500).message).to.contain('1.5 s').and.not.contain('hunter2');
  });
});

describe('toTransportError', () => {
  const coded = (code: string, message = 'm'): Error => Object.assign(new Error(message), { code });

  it('finds the code down the causes, as fetch has it', () => {
    const error = new TypeError('fetch failed', { cause: coded('ECONNREFUSED') });
    expect(toTransportError(error)).to.include({ code: 'ECONNREFUSED', message: 'm' });
  });

  it('finds the code and the words of the first of several addresses', () => {
    const error = Object.assign(new AggregateError([coded('ECONNREFUSED', 'first')]), {
      code: 'ECONNREFUSED',
    });
    expect(toTransportError(error)).to.include({ code: 'ECONNREFUSED', message: 'first' });
    expect(toTransportError(new AggregateError([coded('EPIPE')]))).to.include({ code: 'EPIPE' });
  });

  it('looks behind the socket errors of undici', () => {
    const error = Object.assign(new Error('s', { cause: coded('EPIPE') }), { code: 'UND_ERR_SOCKET' });
    expect(toTransportError(error)).to.include({ code: 'EPIPE' });
    expect(toTransportError(coded('UND_ERR_SOCKET'))).to.include({ code: 'UND_ERR_SOCKET' });
  });

  it('takes bugs for what they are', () => {
    expect(toTransportError(new TypeError('x is undefined'))).to.equal(undefined);
    expect(toTransportError(coded('ERR_INVALID_ARG_TYPE'))).to.equal(undefined);
    expect(toTransportError(coded('ENOENT'))).to.equal(undefined);
    expect(toTransportError('text')).to.equal(undefined);
  });

  it('ends where causes run in a circle', () => {
    const error = new Error('x');
    error.cause = error;
    expect(toTransportError(error)).to.equal(undefined);
  });
});
