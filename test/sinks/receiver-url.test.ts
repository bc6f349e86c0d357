import { expect } from 'chai';
import { RttsharkError } from '../../src/errors.ts';
import { parseReceiverUrl } from '../../src/sinks/receiver-url.ts';

describe('parseReceiverUrl', () => {
  for (const [text, url] of [
    ['http://store:9090/api/v1/write', 'http://store:9090/api/v1/write'],
    ['https://store/api/v1/push?tenant=a', 'https://store/api/v1/push?tenant=a'],
    ['store:9090', 'http://store:9090/api/v1/write'],
    [' http://store:8428/ ', 'http://store:8428/api/v1/write'],
    ['http://[::1]:8428/insert/0/prometheus/', 'http://[::1]:8428/insert/0/prometheus/'],
  ] as const) {
    it(`takes "${text}"`, () => {
      expect(parseReceiverUrl(text).href).to.equal(url);
    });
  }

  for (const text of [
    '',
    'ftp://store/',
    'http://store:99999/',
    'http://store/#here',
    'http://me:secret@store/',
  ]) {
    it(`refuses "${text}", and tells no secret`, () => {
      expect(() => parseReceiverUrl(text))
        .to.throw(RttsharkError)
        .that.satisfies(
          (error: RttsharkError) => error.code === 'usage' && !error.message.includes('secret'),
        );
    });
  }

  it('tells no secret of a query', () => {
    expect(() => parseReceiverUrl('ftp://store/?token=secret'))
      .to.throw(RttsharkError)
      .that.satisfies((error: RttsharkError) => !`${error.message}${error.hint ?? ''}`.includes('secret'));
  });
});
