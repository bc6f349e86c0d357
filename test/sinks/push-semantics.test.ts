import { expect } from 'chai';
import type { MetricFamily } from '../../src/metrics/metric-family.ts';
import { protobufExposition } from '../../src/metrics/protobuf-exposition.ts';
import { deleteFromGateway, pushAddToGateway, pushToGateway } from '../../src/sinks/push.ts';
import { startPushgateway, type Pushgateway } from '../support/pushgateway.ts';
import { eventually } from './eventually.ts';
import { rejection } from './rejection.ts';

/** What Pushgateway's documentation says of pushing and deleting, as our client gets it. */
describe('a real gateway, as its documentation says', () => {
  let gateway: Pushgateway;
  before(async () => (gateway = await startPushgateway()));
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

  /** The series of pushed metrics, in the gateway's order, which is that of names. */
  async function held(...names: string[]): Promise<string[]> {
    const lines = (await gateway.metrics()).split('\n');
    return lines.filter((line) => names.some((name) => line.startsWith(`${name}{`)));
  }

  /** The value of a metric that the gateway itself adds to a group. */
  async function ownValue(name: string, labels: string): Promise<number> {
    const line = (await gateway.metrics()).split('\n').find((each) => each.startsWith(`${name}{${labels}} `));
    return Number(line?.split(' ').at(-1));
  }

  it('replaces all of a group by PUT, and nothing of other groups, though their labels begin alike', async () => {
    const [narrow, wide] = [{ job: 'j', grouping: { instance: 'a' } }, { job: 'j' }];
    await pushToGateway(gateway.url, { ...wide, metrics: 'one 1\ntwo 1\n' });
    await pushToGateway(gateway.url, { ...narrow, metrics: 'one 2\ntwo 2\n' });
    await pushToGateway(gateway.url, { ...wide, metrics: 'two 3\n' });
    expect(await held('one', 'two')).to.deep.equal([
      'one{instance="a",job="j"} 2',
      'two{instance="",job="j"} 3',
      'two{instance="a",job="j"} 2',
    ]);
  });

  it('replaces metrics of the same name by POST, with all of their series, and keeps others', async () => {
    await pushToGateway(gateway.url, { job: 'j', metrics: 'one{of="a"} 1\none{of="b"} 1\ntwo 1\n' });
    await pushAddToGateway(gateway.url, { job: 'j', metrics: 'one{of="c"} 2\nthree 2\n' });
    expect(await held('one', 'two', 'three')).to.deep.equal([
      'one{instance="",job="j",of="c"} 2',
      'three{instance="",job="j"} 2',
      'two{instance="",job="j"} 1',
    ]);
  });

  it('empties a group by PUT of nothing, and changes none of its metrics by POST of nothing', async () => {
    await pushToGateway(gateway.url, { job: 'j', metrics: 'one 1\n' });
    const first = await ownValue('push_time_seconds', 'instance="",job="j"');
    await pushAddToGateway(gateway.url, { job: 'j', metrics: '' });
    expect(await held('one')).to.have.length(1);
    const second = await ownValue('push_time_seconds', 'instance="",job="j"');
    expect(second).to.be.above(first);
    await pushToGateway(gateway.url, { job: 'j', metrics: '' });
    expect(await held('one')).to.deep.equal([]);
    expect(await ownValue('push_time_seconds', 'instance="",job="j"')).to.be.above(second);
  });

  it('deletes one group, whole, with what the gateway said of it; one that is not there is no error', async () => {
    const both = [{ job: 'j' }, { job: 'j', grouping: { instance: 'a' } }];
    for (const group of both) await pushToGateway(gateway.url, { ...group, metrics: 'one 1\n' });
    await deleteFromGateway(gateway.url, { job: 'j' });
    await deleteFromGateway(gateway.url, { job: 'j', grouping: { instance: 'b' } });
    await eventually(async () => {
      expect(await held('one', 'push_time_seconds', 'push_failure_time_seconds')).to.have.length(3);
    });
    expect(await held('one')).to.deep.equal(['one{instance="a",job="j"} 1']);
  });

  it('does what it is told in order: what is pushed behind a delete stays', async () => {
    await pushToGateway(gateway.url, { job: 'j', metrics: 'one 1\n' });
    await deleteFromGateway(gateway.url, { job: 'j' });
    await pushAddToGateway(gateway.url, { job: 'j', metrics: 'two 1\n' });
    expect(await held('one', 'two')).to.deep.equal(['two{instance="",job="j"} 1']);
  });

  it("writes the group's labels over those of the body", async () => {
    const group = { job: 'group', grouping: { instance: 'a/b', site: '' } };
    const metrics = 'one{job="body",instance="body",site="body",kept="body"} 1\n';
    await pushToGateway(gateway.url, { ...group, metrics });
    expect(await held('one')).to.deep.equal(['one{instance="a/b",job="group",kept="body",site=""} 1']);
  });

  it('takes another type under a name that only the replaced group has', async () => {
    await pushToGateway(gateway.url, { job: 'j', metrics: '# TYPE one counter\none 1\n' });
    await pushToGateway(gateway.url, { job: 'j', metrics: '# TYPE one gauge\none 2\n' });
    expect(await gateway.metrics()).to.contain('# TYPE one gauge\none{instance="",job="j"} 2\n');
  });

  it('takes another help text, and serves one of them', async () => {
    await pushToGateway(gateway.url, { job: 'a', metrics: '# HELP one First.\n# TYPE one gauge\none 1\n' });
    await pushToGateway(gateway.url, { job: 'b', metrics: '# HELP one Second.\n# TYPE one gauge\none 1\n' });
    const helps = (await gateway.metrics()).split('\n').filter((line) => line.startsWith('# HELP one '));
    expect(helps).to.have.length(1);
    expect(helps[0]).to.be.oneOf(['# HELP one First.', '# HELP one Second.']);
  });

  describe('refuses', () => {
    before(async function () {
      // Other versions than the installed one: a build whose log is broken drops the connection where it should say what
      // it refuses, whoever asks.
      if (process.env['RTTSHARK_TEST_PUSHGATEWAY'] === undefined) return;
      const asked = fetch(`${gateway.url}/metrics/job/j`, { method: 'PUT', body: 'one 1\none 1\n' });
      if ((await asked.catch(() => undefined)) === undefined) this.skip();
    });

    const existing = '# TYPE one counter\none 1\n';
    const gauges = ['one', 'two'].map((name): MetricFamily => ({
      type: 'gauge',
      name,
      help: '',
      samples: [{ labels: {}, value: 2 }],
    }));
    const protobuf = Buffer.concat([...protobufExposition(gauges)]);
    const protobufType =
      'application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited';

    for (const [what, metrics, words, contentType] of [
      ['another type under a name that another group has', '# TYPE one gauge\none 2\n', 'inconsistent'],
      ['the same as protobuf, with metrics that are right beside it', protobuf, 'inconsistent', protobufType],
      ['one series twice', 'two 2\ntwo 2\n', 'inconsistent'],
      ['timestamps', 'two 2 1700000000000\n', 'timestamp'],
      ['what is no metrics', 'two two\n', 'two'],
    ] as const) {
      it(`${what}: at once, with its words, and keeps what it had`, async () => {
        await pushToGateway(gateway.url, { job: 'other', metrics: existing });
        await pushToGateway(gateway.url, { job: 'j', metrics: '# TYPE three gauge\nthree 3\n' });
        let retries = 0;
        for (const push of [pushToGateway, pushAddToGateway]) {
          const error = await rejection(
            push(gateway.url, { job: 'j', metrics, contentType, onRetry: () => retries++ }),
            'gateway_refused',
          );
          expect(error.message).to.contain(`"${gateway.url}"`).and.contain('400');
          expect(error.detail).to.contain(words);
        }
        expect(retries).to.equal(0);
        expect(await held('one', 'two', 'three')).to.deep.equal([
          'one{instance="",job="other"} 1',
          'three{instance="",job="j"} 3',
        ]);
      });
    }

    it('another type than its group has, by POST beside metrics of other names, too', async () => {
      await pushToGateway(gateway.url, { job: 'a', metrics: existing });
      await pushToGateway(gateway.url, { job: 'b', metrics: existing });
      await rejection(
        pushAddToGateway(gateway.url, { job: 'a', metrics: '# TYPE one gauge\none 2\n' }),
        'gateway_refused',
      );
      expect(await held('one')).to.have.length(2);
    });

    it('and remembers when, for an alert', async () => {
      await pushToGateway(gateway.url, { job: 'other', metrics: existing });
      await pushToGateway(gateway.url, { job: 'j', metrics: 'two 2\n' });
      await rejection(
        pushToGateway(gateway.url, { job: 'j', metrics: '# TYPE one gauge\none 2\n' }),
        'gateway_refused',
      );
      const failed = await ownValue('push_failure_time_seconds', 'instance="",job="j"');
      expect(failed).to.be.above(await ownValue('push_time_seconds', 'instance="",job="j"'));
      expect(await ownValue('push_failure_time_seconds', 'instance="",job="other"')).to.equal(0);
    });
  });
});
