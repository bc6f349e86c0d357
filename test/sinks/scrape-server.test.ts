import { expect } from 'chai';
import type { ScrapeFormat } from '../../src/sinks/scrape-source.ts';
import { startScrapeServer } from '../../src/sinks/scrape-server.ts';
import { until } from '../support/deadline.ts';
import { rejection } from './rejection.ts';
import { curl } from './scrape-curl.ts';
import { endpoints, stubSource } from './scrape-endpoint.ts';

describe('startScrapeServer', () => {
  const start = endpoints();

  it('serves the metrics in the format that is asked for', async () => {
    const { url } = await start();
    const text = await curl(`${url}/metrics`);
    expect(text).to.include({ status: 200, body: '# TYPE probe gauge\nprobe 1\n' });
    expect(text.headers).to.include({
      'content-type': 'text/plain; version=0.0.4; charset=utf-8',
      'content-length': '27',
      vary: 'Accept, Accept-Encoding',
    });
    expect(text.headers).not.to.have.property('content-encoding');
    const open = await curl('-H', 'Accept: application/openmetrics-text', `${url}/metrics?x=y`);
    expect(open.headers['content-type']).to.equal(
      'application/openmetrics-text; version=1.0.0; charset=utf-8',
    );
    expect(open.body).to.match(/# EOF\n$/);
  });

  it('compresses for those who can unpack', async () => {
    const body = 'x'.repeat(100_000);
    const { url } = await start({
      source: stubSource({ metrics: () => ({ contentType: 'text/plain', body }) }),
    });
    const packed = await curl('--compressed', `${url}/metrics`);
    expect(packed.headers['content-encoding']).to.equal('gzip');
    expect(Number(packed.headers['content-length'])).to.be.below(1_000);
    expect(packed.body).to.equal(body);
    const plain = await curl('-H', 'Accept-Encoding: gzip;q=0, *', `${url}/metrics`);
    expect(plain.headers).not.to.have.property('content-encoding');
    expect(plain.body).to.equal(body);
  });

  it('tells HEAD what GET would be told', async () => {
    const { url } = await start();
    for (const path of ['/metrics', '/', '/-/healthy', '/-/ready', '/nowhere']) {
      const [get, head] = [await curl(url + path), await curl('--head', url + path)];
      for (const answer of [get, head]) delete (answer.headers as Record<string, string>)['date'];
      expect(head).to.deep.equal({ ...get, body: '' });
      expect(get.body).not.to.equal('');
    }
  });

  it('says whether it is healthy and ready', async () => {
    let well = true;
    const { url } = await start({ source: stubSource({ healthy: () => well, ready: () => well }) });
    expect(await curl(`${url}/-/healthy`)).to.include({ status: 200, body: 'Healthy.\n' });
    expect(await curl(`${url}/-/ready`)).to.include({ status: 200, body: 'Ready.\n' });
    well = false;
    expect(await curl(`${url}/-/healthy`)).to.include({ status: 503, body: 'Not healthy.\n' });
    expect(await curl(`${url}/-/ready`)).to.include({ status: 503, body: 'Not ready yet.\n' });
  });

  it('leads from its first page to the others', async () => {
    const { url } = await start();
    const { headers, body } = await curl(`${url}/`);
    expect(headers['content-type']).to.equal('text/html; charset=utf-8');
    const links = [...body.matchAll(/href="([^"]+)"/g)].map(([, link]) => link ?? '');
    expect(links).to.have.length(3);
    for (const link of links) expect((await curl(new URL(link, `${url}/`).href)).status).to.equal(200);
  });

  it('knows no other paths and methods, and takes no bodies', async () => {
    const { url } = await start();
    for (const path of [
      '/metrics/',
      '/x',
      '/toString',
      '/__proto__',
      '//metrics',
      '/-/',
      '/%2e%2e/etc/passwd',
    ]) {
      expect(await curl('--path-as-is', url + path)).to.include({ status: 404, body: 'Not Found\n' });
    }
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE', 'PATCH']) {
      const answer = await curl('-X', method, `${url}/metrics`);
      expect(answer.status, method).to.equal(405);
      expect(answer.headers).to.include({ allow: 'GET, HEAD' });
    }
    const chunked = ['-H', 'Transfer-Encoding: chunked', '-d', 'x'];
    for (const body of [['-d', 'x'], ['-X', 'GET', '-d', 'x'], chunked]) {
      const answer = await curl(...body, `${url}/metrics`);
      expect(answer.status).to.equal(413);
      expect(answer.headers['connection']).to.equal('close');
    }
    const expecting = await curl('-H', 'Expect: 100-continue', '-d', 'x', `${url}/metrics`);
    expect(expecting.status).to.equal(413);
  });

  it('makes one page in each format at a time, for all who ask meanwhile', async () => {
    const asked: ScrapeFormat[] = [];
    let release: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    const { url } = await start({
      source: stubSource({
        metrics: async (format) => {
          asked.push(format);
          await gate;
          return { contentType: 'text/plain', body: `page ${asked.length}\n` };
        },
      }),
    });
    const early = [1, 2, 3].map(() => fetch(`${url}/metrics`, { headers: { accept: 'text/plain' } }));
    const other = fetch(`${url}/metrics`, { headers: { accept: 'application/openmetrics-text' } });
    await until('both formats were asked for', () => (asked.length === 2 ? true : undefined));
    release();
    const bodies = await Promise.all([...early, other].map(async (answer) => (await answer).text()));
    expect(asked).to.have.members(['text', 'openmetrics']);
    expect(new Set(bodies)).to.deep.equal(new Set(['page 2\n']));
    await (await fetch(`${url}/metrics`)).text();
    expect(asked).to.have.length(3);
  });

  it('takes a body in pieces', async () => {
    async function* body() {
      yield 'one ';
      await Promise.resolve();
      yield Buffer.from('1\n');
    }
    const { url } = await start({
      source: stubSource({ metrics: () => ({ contentType: 'text/plain', body: body() }) }),
    });
    expect((await curl(`${url}/metrics`)).body).to.equal('one 1\n');
  });

  it('keeps our own failures to ourselves, and warns once', async () => {
    const source = stubSource({
      metrics: () => {
        throw new Error('the registry is broken');
      },
    });
    const { url, warnings } = await start({ source });
    for (let scrape = 0; scrape < 2; scrape++) {
      expect(await curl(`${url}/metrics`)).to.include({ status: 500, body: 'Internal Server Error\n' });
    }
    expect(warnings).to.deep.equal(['A scrape could not be answered: the registry is broken']);
  });

  it('names the address that it cannot listen on', async () => {
    const { port } = await start();
    const attempt = (host: string, at: number): Promise<unknown> =>
      startScrapeServer({ host, port: at, source: stubSource() });
    const used = await rejection(attempt('127.0.0.1', port), 'usage');
    expect(used.message).to.equal(`The address "127.0.0.1:${port}" is in use already.`);
    expect((await rejection(attempt('192.0.2.1', 9464), 'usage')).message).to.contain('none of this host');
  });

  it('lets go of its port and its clients when it is closed', async () => {
    const endpoint = await start();
    const answer = await fetch(`${endpoint.url}/metrics`);
    await answer.text();
    await endpoint.close();
    await rejectionOf(fetch(endpoint.url));
    const again = await start({ port: endpoint.port });
    expect(again.port).to.equal(endpoint.port);
  });

  it('cuts off a page that never comes when it is closed', async () => {
    let asked: () => void = () => undefined;
    const called = new Promise<void>((resolve) => (asked = resolve));
    const endpoint = await start({
      limits: { closingMs: 10 },
      source: stubSource({
        metrics: () => {
          asked();
          return new Promise(() => undefined);
        },
      }),
    });
    const answer = rejectionOf(fetch(`${endpoint.url}/metrics`));
    await called;
    await endpoint.close();
    await answer;
  });
});

async function rejectionOf(promise: Promise<unknown>): Promise<void> {
  const outcome = await promise.then(
    () => 'answered',
    () => 'failed',
  );
  expect(outcome).to.equal('failed');
}
