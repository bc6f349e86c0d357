import { expect } from 'chai';
import { parseListenAddress, shownAddress } from '../../src/sinks/scrape-address.ts';
import { thrown } from './rejection.ts';

describe('parseListenAddress', () => {
  const good: [text: string, host: string, port: number][] = [
    ['', '127.0.0.1', 9464],
    [' ', '127.0.0.1', 9464],
    ['9100', '127.0.0.1', 9100],
    [':9100', '127.0.0.1', 9100],
    ['0', '127.0.0.1', 0],
    ['0.0.0.0:9464', '0.0.0.0', 9464],
    ['10.1.2.3', '10.1.2.3', 9464],
    ['localhost:80', 'localhost', 80],
    ['probe-1.example.net:65535', 'probe-1.example.net', 65_535],
    ['[::1]:9464', '::1', 9464],
    ['[::]', '::', 9464],
  ];
  for (const [text, host, port] of good) {
    it(`takes "${text}" for port ${port} of ${host}`, () => {
      expect(parseListenAddress(text)).to.deep.equal({ host, port });
    });
  }

  const bad: [text: string, hint: string][] = [
    ['::1', 'brackets'],
    ['fe80::1:9464', 'brackets'],
    ['[10.0.0.1]:80', 'IPv6'],
    ['[::1', 'brackets'],
    ['[::1]80', 'brackets'],
    ['http://localhost:80', 'URL'],
    ['65536', '65535'],
    ['localhost:', 'HOST:PORT'],
    ['localhost:http', 'HOST:PORT'],
    [':', 'HOST:PORT'],
    ['*:9464', '0.0.0.0'],
    ['a b:80', 'HOST:PORT'],
    ['-x', 'HOST:PORT'],
  ];
  for (const [text, hint] of bad) {
    it(`refuses "${text}"`, () => {
      const error = thrown('usage', () => parseListenAddress(text));
      expect(error.message).to.contain(`"${text}"`);
      expect(error.hint).to.contain(hint);
    });
  }

  it('puts IPv6 addresses into brackets where they are shown', () => {
    expect(shownAddress({ host: '::1', port: 80 })).to.equal('[::1]:80');
    expect(shownAddress({ host: 'localhost', port: 80 })).to.equal('localhost:80');
  });
});
