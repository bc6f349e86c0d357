import { execFileSync } from 'node:child_process';
import { expect } from 'chai';
import fc from 'fast-check';
import { groupingKeyPath } from '../../src/sinks/grouping-key.ts';
import { deleteFromGateway, pushToGateway } from '../../src/sinks/push.ts';
import { startPushgateway, type Pushgateway } from '../support/pushgateway.ts';
import { eventually } from './eventually.ts';
import { thrown } from './rejection.ts';

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.string({
    unit: fc.constantFrom('/', '.', '%', ' ', '+', 'a', 'é', '=', '?', '#', ';', '\\'),
    maxLength: 6,
  }),
);

describe('groupingKeyPath', () => {
  const cases: [what: string, job: string, grouping: Record<string, string>, path: string][] = [
    ['a job alone', 'nightly', {}, '/metrics/job/nightly'],
    ['labels sorted by name', 'j', { b: '2', a: '1' }, '/metrics/job/j/a/1/b/2'],
    ['an empty value', 'j', { a: '' }, '/metrics/job/j/a@base64/='],
    ['a slash', 'j', { path: '/var/tmp' }, '/metrics/job/j/path@base64/L3Zhci90bXA='],
    ['a slash in the job', 'dir/job', {}, '/metrics/job@base64/ZGlyL2pvYg=='],
    ['the URL-safe alphabet', 'j', { a: '/>>>???' }, '/metrics/job/j/a@base64/Lz4-Pj8_Pw=='],
    ['a space, as %20', 'my job', { a: ' ' }, '/metrics/job/my%20job/a/%20'],
    ['a percent sign', 'j', { a: '100%2F' }, '/metrics/job/j/a/100%252F'],
    ['non-ASCII text', 'j', { a: 'Zürich' }, '/metrics/job/j/a/Z%C3%BCrich'],
    ['what URLs reserve', 'j', { a: '?#+&=;' }, '/metrics/job/j/a/%3F%23%2B%26%3D%3B'],
    ['marks that encodeURIComponent leaves', 'j', { a: "!'()*" }, '/metrics/job/j/a/%21%27%28%29%2A'],
    ['a dot, which URLs swallow', 'j', { a: '.' }, '/metrics/job/j/a@base64/Lg=='],
    ['two dots, which URLs climb by', '..', { a: '..' }, '/metrics/job@base64/Li4=/a@base64/Li4='],
  ];
  for (const [what, job, grouping, path] of cases) {
    it(`writes ${what}`, () => {
      expect(groupingKeyPath(job, grouping)).to.equal(path);
    });
  }

  it('refuses an empty job', () => {
    expect(thrown('usage', () => groupingKeyPath('')).message).to.contain('job');
  });

  for (const name of ['', '1st', 'a-b', 'a.b', 'naïve', 'a/b', '__name__', '__', 'job', 'a@base64']) {
    it(`refuses the label name "${name}"`, () => {
      const grouping = { [name]: 'v' };
      expect(thrown('usage', () => groupingKeyPath('j', grouping)).message).to.contain(`"${name}"`);
    });
  }

  it('refuses half a character', () => {
    const message = 'not valid Unicode';
    expect(thrown('usage', () => groupingKeyPath('j', { a: 'x\ud800' })).message).to.contain(message);
    expect(thrown('usage', () => groupingKeyPath('j', { a: '/\udc00' })).message).to.contain(message);
    expect(thrown('usage', () => groupingKeyPath('\ud800')).message).to.contain(message);
  });

  it("agrees with Python's client, but for a space and for dots alone", () => {
    const bytes = Array.from({ length: 256 }, (_, code) => String.fromCharCode(code));
    const all = ['', '...', '日本/語', ...bytes, ...fc.sample(anyText, 5000)].filter(
      (value) => !/^\.\.?$/.test(value),
    );
    const script = `
import json, sys
from prometheus_client.exposition import _escape_grouping_key
print(json.dumps(['/{}/{}'.format(*_escape_grouping_key('k', v)) for v in json.load(sys.stdin)]))`;
    const output = execFileSync('/usr/bin/python3', ['-c', script], { input: JSON.stringify(all) });
    // A plus sign itself is %2B: what is left of them are spaces.
    const python = (JSON.parse(output.toString()) as string[]).map((path) => path.replaceAll('+', '%20'));
    const ours = all.map((value) => groupingKeyPath('j', { k: value }).slice('/metrics/job/j'.length));
    expect(ours).to.deep.equal(python);
  });

  describe('through a real gateway', () => {
    let gateway: Pushgateway;
    before(async () => (gateway = await startPushgateway()));
    after(() => gateway.stop());

    const arrives = async (job: string, grouping: Record<string, string>): Promise<void> => {
      await pushToGateway(gateway.url, { job, grouping, metrics: 'up_once 1\n' });
      try {
        expect(await gateway.groups()).to.deep.equal([
          { labels: { job, ...grouping }, metrics: ['up_once'] },
        ]);
      } finally {
        await deleteFromGateway(gateway.url, { job, grouping });
      }
      await eventually(async () => {
        expect(await gateway.groups()).to.deep.equal([]);
      });
    };

    for (const value of [
      '',
      '.',
      '..',
      '...',
      '/',
      '//',
      '../..',
      'a b',
      'a+b',
      '%',
      '%2F',
      'ü/ß',
      '😀',
      '\n',
      '\0',
      '=',
      '@base64',
    ]) {
      it(`carries ${JSON.stringify(value)} as it is`, async () => {
        await arrives(value === '' ? 'j' : value, { instance: value, zone: value });
      });
    }

    it('carries thousands of texts as they are', async () => {
      const perGroup = 20;
      const seed = Date.now();
      const texts = fc.sample(anyText, { numRuns: 150 * perGroup, seed });
      const groups = Array.from({ length: 150 }, (_, at) => {
        const values = texts.slice(at * perGroup, (at + 1) * perGroup).map((value, i) => [`l${i}`, value]);
        return { job: `${texts[at] ?? ''} ${at}`, ...(Object.fromEntries(values) as Record<string, string>) };
      });
      for (const { job, ...grouping } of groups) {
        await pushToGateway(gateway.url, { job, grouping, metrics: 'up_once 1\n' });
      }
      const held = (await gateway.groups()).map(({ labels }) => labels);
      expect(held, `seed ${seed}`).to.have.deep.members(groups);
    });
  });
});
