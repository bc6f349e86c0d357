import { expect } from 'chai';
import { acceptsGzip, chooseFormat } from '../../src/sinks/scrape-negotiation.ts';
import type { ScrapeFormat } from '../../src/sinks/scrape-source.ts';

const openMetrics = 'application/openmetrics-text';
const protobuf = 'application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited';

describe('chooseFormat', () => {
  it('gives protobuf to those who like it best, where it is served', () => {
    const others = `${openMetrics};version=1.0.0;q=0.8,text/plain;version=0.0.4;q=0.5,*/*;q=0.1`;
    expect(chooseFormat(`${protobuf},${others}`, true)).to.equal('protobuf');
    expect(chooseFormat(`${protobuf};q=0.1,${others}`, true)).to.equal('openmetrics');
    expect(chooseFormat('application/vnd.google.protobuf;encoding=text,text/plain;q=0.2', true)).to.equal(
      'text',
    );
    expect(chooseFormat(others, true)).to.equal('openmetrics');
    expect(chooseFormat('*/*', true)).to.equal('text');
    expect(chooseFormat(undefined, true)).to.equal('text');
  });

  const cases: [what: string, accept: string | undefined, format: ScrapeFormat][] = [
    ['no header', undefined, 'text'],
    ['an empty header', '', 'text'],
    ['a client that takes all', '*/*', 'text'],
    [
      'Prometheus 2.42',
      `${openMetrics};version=1.0.0,${openMetrics};version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1`,
      'openmetrics',
    ],
    [
      'Prometheus that likes protobuf best',
      `${protobuf},${openMetrics};version=1.0.0;q=0.8,${openMetrics};version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1`,
      'openmetrics',
    ],
    [
      'Prometheus 3',
      `${openMetrics};version=1.0.0;escaping=allow-utf-8;q=0.5,${openMetrics};version=0.0.1;q=0.4,` +
        'text/plain;version=1.0.0;escaping=allow-utf-8;q=0.3,text/plain;version=0.0.4;q=0.2,*/*;q=0.1',
      'openmetrics',
    ],
    ['an older Prometheus', 'text/plain;version=0.0.4;q=1,*/*;q=0.1', 'text'],
    ['a browser', 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 'text'],
    ['only version 0.0.1', `${openMetrics}; version=0.0.1`, 'openmetrics'],
    ['a version in quotes', `${openMetrics}; version="1.0.0"`, 'openmetrics'],
    ['no version', `text/plain;q=0.5, ${openMetrics}`, 'openmetrics'],
    ['a version that is not served', `${openMetrics};version=2.0.0,text/plain;q=0.1`, 'text'],
    ['OpenMetrics not wanted', `${openMetrics};q=0,*/*;q=0.1`, 'text'],
    ['text not wanted', 'text/*;q=0,*/*;q=0.5', 'openmetrics'],
    ['equal likings, the first', `${openMetrics},text/plain`, 'openmetrics'],
    ['equal likings, the other way round', `text/plain,${openMetrics}`, 'text'],
    ['upper case', `APPLICATION/OpenMetrics-Text;Version=1.0.0;Q=0.9,text/plain;q=0.8`, 'openmetrics'],
    ['the less specific range liked more', `application/*;q=1,${openMetrics};q=0.2,text/plain;q=0.5`, 'text'],
    ['protobuf alone', protobuf, 'text'],
    ['nonsense', ';;,=,q=;', 'text'],
    ['a liking that is none', `${openMetrics};q=much,text/plain;q=0.1`, 'text'],
  ];
  for (const [what, accept, format] of cases) {
    it(`${what}: ${format}`, () => {
      expect(chooseFormat(accept)).to.equal(format);
    });
  }
});

describe('acceptsGzip', () => {
  const cases: [header: string | undefined, accepted: boolean][] = [
    [undefined, false],
    ['', false],
    ['gzip', true],
    ['deflate, GZIP;q=0.5', true],
    ['x-gzip', true],
    ['gzip;q=0', false],
    ['gzip;q=0.000', false],
    ['gzip; q=0, *', false],
    ['*', true],
    ['*;q=0', false],
    ['br, deflate', false],
    ['identity', false],
    ['gzipped', false],
  ];
  for (const [header, accepted] of cases) {
    it(`${header ?? 'no header'}: ${accepted}`, () => {
      expect(acceptsGzip(header)).to.equal(accepted);
    });
  }
});
