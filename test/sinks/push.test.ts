import { expect } from 'chai';
import { Registry, Histogram } from 'prom-client';
import { deleteFromGateway, pushAddToGateway, pushToGateway } from '../../src/sinks/push.ts';
import { startPushgateway, type Pushgateway } from '../support/pushgateway.ts';
import { eventually } from './eventually.ts';
import { rejection } from './rejection.ts';
import { startStubServer, status } from './stub-server.ts';

describe('pushing to a real gateway', () => {
  let gateway: Pushgateway;
  before(async () => (gateway = await startPushgateway({ routePrefix: '/some/prefix' })));
  after(() => gateway.stop());
  afterEach(async () => {
    for (const { labels } of await gateway.groups()) {
      const { job = '', ...grouping } = labels;
      await deleteFromGateway(gateway.url, { job, grouping });
    }
    await eventually(async () => {
      expect(await gateway.groups()).to.deep.equal([]);
    });
  });

  const metricsOf = async (): Promise<(readonly string[])[]> =>
    (await gateway.groups()).map(({ metrics }) => metrics);

  it('replaces a group by PUT, and families by POST', async () => {
    const group = { job: 'j', grouping: { instance: 'a' } };
    await pushToGateway(gateway.url, { ...group, metrics: 'one 1\ntwo 1\n' });
    await pushAddToGateway(gateway.url, { ...group, metrics: 'two 2\nthree 3\n' });
    expect(await metricsOf()).to.deep.equal([['one', 'three', 'two']]);
    expect(await gateway.metrics()).to.contain('two{instance="a",job="j"} 2\n');
    await pushToGateway(gateway.url, { ...group, metrics: 'four 4\n' });
    expect(await metricsOf()).to.deep.equal([['four']]);
  });

  it('deletes one group and leaves the others', async () => {
    await pushToGateway(gateway.url, { job: 'j', grouping: { a: '' }, metrics: 'one 1\n' });
    await pushToGateway(gateway.url, { job: 'j', grouping: { a: '/' }, metrics: 'one 1\n' });
    await deleteFromGateway(`${gateway.url}/`, { job: 'j', grouping: { a: '/' } });
    await eventually(async () => {
      expect((await gateway.groups()).map(({ labels }) => labels)).to.deep.equal([{ job: 'j', a: '' }]);
    });
    await deleteFromGateway(gateway.url, { job: 'j', grouping: { a: 'was never there' } });
  });

  it('takes a registry of prom-client, bytes and text, packed or not', async () => {
    const registry = new Registry();
    const histogram = new Histogram({
      name: 'rtt_seconds',
      help: 'RTT',
      buckets: [1, 2],
      registers: [registry],
    });
    histogram.observe(1.5);
    await pushToGateway(gateway.url, { job: 'registry', metrics: registry });
    await pushToGateway(gateway.url, { job: 'bytes', metrics: Buffer.from('one 1\n'), compression: 'none' });
    await pushToGateway(gateway.url, { job: 'text', metrics: 'one 1\n', compression: 'gzip' });
    const served = await gateway.metrics();
    expect(served).to.contain('rtt_seconds_bucket{instance="",job="registry",le="1"} 0\n');
    expect(served).to.contain('rtt_seconds_bucket{instance="",job="registry",le="2"} 1\n');
    expect(served).to.contain('one{instance="",job="bytes"} 1\n');
    expect(served).to.contain('one{instance="",job="text"} 1\n');
  });

  it('says what a wrong prefix is', async () => {
    const error = await rejection(
      pushToGateway(gateway.url.replace('/some/prefix', '/wrong'), { job: 'j', metrics: 'one 1\n' }),
      'gateway_refused',
    );
    expect(error.message).to.contain('404');
  });
});

describe('what a push sends', () => {
  it('is packed, and says what it is', async () => {
    const server = await startStubServer(status(202));
    try {
      await pushToGateway(server.url, { job: 'j', metrics: 'one 1\n' });
      await pushAddToGateway(server.url, { job: 'j', metrics: 'two 2\n', compression: 'none' });
      const source = {
        contentType: 'application/openmetrics-text',
        metrics: () => Promise.resolve('# EOF\n'),
      };
      await pushToGateway(server.url, { job: 'j', metrics: source });
      await pushToGateway(server.url, { job: 'j', metrics: source, contentType: 'text/x' });
      await deleteFromGateway(server.url, { job: 'j' });
    } finally {
      await server.stop();
    }
    const shown = server.received.map(({ method, headers, text, body }) => [
      method,
      headers['content-type'],
      headers['content-encoding'],
      text,
      body.subarray(0, 2).toString('hex') === '1f8b',
    ]);
    const textFormat = 'text/plain; version=0.0.4; charset=utf-8';
    expect(shown).to.deep.equal([
      ['PUT', textFormat, 'gzip', 'one 1\n', true],
      ['POST', textFormat, undefined, 'two 2\n', false],
      ['PUT', 'application/openmetrics-text', 'gzip', '# EOF\n', true],
      ['PUT', 'text/x', 'gzip', '# EOF\n', true],
      ['DELETE', undefined, undefined, '', false],
    ]);
    expect(server.received.every(({ headers }) => headers.authorization === undefined)).to.equal(true);
    // Asked to close, Go's servers drop the connection with their answer to a large body that they refuse.
    expect(server.received.every(({ headers }) => headers.connection === 'keep-alive')).to.equal(true);
  });

  it('is nothing where the options make no sense', async () => {
    const handler = (): Promise<never> => Promise.reject(new Error('sent'));
    const options = { job: 'j', metrics: '', handler };
    for (const wrong of [
      { timeoutMs: 0 },
      { timeoutMs: NaN },
      { timeoutMs: 2 ** 31 },
      { retries: -1 },
      { retries: 1.5 },
    ]) {
      await rejection(pushToGateway('host', { ...options, ...wrong }), 'usage');
    }
    await rejection(pushToGateway('host', { ...options, job: '' }), 'usage');
    await rejection(pushToGateway('ftp://host', options), 'usage');
  });
});
