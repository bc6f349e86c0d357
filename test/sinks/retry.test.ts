import { expect } from 'chai';
import fc from 'fast-check';
import {
  isRetriedFailure,
  isRetriedStatus,
  parseRetryAfterMs,
  pauseBeforeRetryMs,
} from '../../src/sinks/retry.ts';
import { TransportError } from '../../src/sinks/transport-error.ts';

describe('what is retried', () => {
  it('is 429 and 5xx, and no other status', () => {
    const all = Array.from({ length: 500 }, (_, index) => 100 + index);
    const expected = all.filter((status) => status === 429 || status >= 500);
    expect(all.filter(isRetriedStatus)).to.deep.equal(expected);
  });

  for (const code of [
    'ECONNREFUSED',
    'ECONNRESET',
    'EPIPE',
    'ENOTFOUND',
    'EAI_AGAIN',
    'EHOSTUNREACH',
    'UND_ERR_SOCKET',
  ]) {
    it(`is ${code}`, () => {
      expect(isRetriedFailure(new TransportError('x', code))).to.equal(true);
    });
  }

  for (const code of [
    'ETIMEDOUT',
    'UND_ERR_CONNECT_TIMEOUT',
    'UND_ERR_HEADERS_TIMEOUT',
    'UND_ERR_BODY_TIMEOUT',
    'SELF_SIGNED_CERT_IN_CHAIN',
    'ERR_TLS_CERT_ALTNAME_INVALID',
    'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED',
    'EPROTO',
    'HPE_INVALID_CONSTANT',
    'SOMETHING_NEW',
    undefined,
  ]) {
    it(`is not ${code ?? 'a failure without a code'}`, () => {
      expect(isRetriedFailure(new TransportError('x', code))).to.equal(false);
    });
  }
});

describe('pauseBeforeRetryMs', () => {
  it('doubles up to ten seconds', () => {
    const pauses = [0, 1, 2, 3, 4, 5, 6, 2000].map((retries) => pauseBeforeRetryMs(retries, 0));
    expect(pauses).to.deep.equal([500, 1000, 2000, 4000, 8000, 10_000, 10_000, 10_000]);
  });

  it('takes at most one half off, by chance', () => {
    expect(pauseBeforeRetryMs(0, 0.5)).to.equal(375);
    fc.assert(
      fc.property(
        fc.nat({ max: 20 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (retries, random) => {
          const longest = pauseBeforeRetryMs(retries, 0);
          expect(pauseBeforeRetryMs(retries, random)).to.be.within(longest / 2, longest);
        },
      ),
    );
  });

  it('waits as long as the server asked, half a minute at most', () => {
    expect(pauseBeforeRetryMs(0, 0, 7000)).to.equal(7000);
    expect(pauseBeforeRetryMs(0, 0, 100)).to.equal(500);
    expect(pauseBeforeRetryMs(0, 0, 3_600_000)).to.equal(30_000);
  });
});

describe('parseRetryAfterMs', () => {
  const now = Date.parse('2026-01-02T03:04:05Z');
  const cases: [header: string | undefined, ms: number | undefined][] = [
    ['3', 3000],
    [' 0 ', 0],
    ['Fri, 02 Jan 2026 03:04:15 GMT', 10_000],
    ['Fri, 02 Jan 2026 03:00:00 GMT', 0],
    ['-5', undefined],
    ['1.5', undefined],
    ['soon', undefined],
    ['', undefined],
    [undefined, undefined],
  ];
  for (const [header, ms] of cases) {
    it(`reads ${header === undefined ? 'no header' : JSON.stringify(header)}`, () => {
      expect(parseRetryAfterMs(header, now)).to.equal(ms);
    });
  }
});
