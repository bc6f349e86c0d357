import { readFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';
import { expect } from 'chai';
import fc from 'fast-check';
import stringWidth from 'string-width';
import { renderLive, type LiveLook, type LiveView } from '../../src/report/live-view.ts';
import { calm, eth0, officeView, plainLook, troubled } from './live-views.ts';
import { groupOf, resultOf } from './measurement-result.ts';
import { empty, hostileText, office, ungrouped } from './sample-results.ts';

const golden = (name: string) => readFileSync(new URL(`golden/${name}.txt`, import.meta.url), 'utf8');
const rendered = (view: Partial<LiveView> = {}, look: Partial<LiveLook> = {}) =>
  renderLive({ ...officeView, ...view }, { ...plainLook, ...look });
const atStatus = (status: typeof calm): Partial<LiveView> => ({ now: { status, elapsedSeconds: 7425 } });

describe('report/live-view', () => {
  const views: [name: string, view: Partial<LiveView>, look: Partial<LiveLook>][] = [
    ['live-120x40', {}, {}],
    ['live-80x24', {}, { width: 80, height: 24 }],
    ['live-80x10', {}, { width: 80, height: 10 }],
    ['live-40x12', {}, { width: 40, height: 12 }],
    ['live-ascii', {}, { unicode: false, top: 2 }],
    ['live-troubled', atStatus(troubled), {}],
    ['live-first', { interval: undefined, before: undefined, intervalSeconds: 0 }, {}],
    ['live-ungrouped', { interval: ungrouped, total: ungrouped }, {}],
    ['live-idle', { interval: { ...empty, groups: [] } }, {}],
    ['live-no-samples', { interval: empty, total: empty }, {}],
  ];
  for (const [name, view, look] of views) {
    it(`looks as in golden/${name}.txt`, () => {
      expect(
        rendered(view, look)
          .map((line) => `${line}\n`)
          .join(''),
      ).to.equal(golden(name));
    });
  }

  it('has no limits where none are given', () => {
    const lines = rendered({}, { width: undefined, height: undefined });
    expect(lines).to.deep.equal(rendered({}, { width: 0, height: 0 }));
    expect(lines.join('\n')).to.include('time from a TCP segment to its ACK').and.include('10.0.0.11');
  });

  it('says what share of the flows is captured', () => {
    const title = (sampledShare: number) => rendered(atStatus({ ...calm, sampledShare }))[0];
    expect(title(1)).not.to.include('flow');
    expect(title(1 / 3)).to.include('1 flow in 3');
    expect(title(3 / 8)).to.include('37.5 % of the flows');
  });

  it('says that drops are not known yet, where they are not', () => {
    const unknown = { ...calm, sources: [{ ...eth0, dropsAreLive: false }] };
    expect(rendered(atStatus(unknown)).join(' ')).to.include('drops are known at the end');
    expect(rendered().join(' ')).to.include('0 dropped');
  });

  it('warns of drops in yellow, and in red while they go on', () => {
    const dropped = (before: LiveView['before']) =>
      rendered({ ...atStatus(troubled), before }, { colour: true }).join(' ');
    expect(dropped({ status: troubled, elapsedSeconds: 7410 })).to.include('\u001b[33m1,234 dropped (0.1 %)');
    expect(dropped({ status: calm, elapsedSeconds: 7410 })).to.include('\u001b[31m1,234 dropped (0.1 %)');
  });

  it('is the same text in colour', () => {
    const lines = rendered({}, { colour: true }).map((line) => `${line}\n`);
    expect(lines.join('')).to.include('\u001b[');
    expect(stripVTControlCharacters(lines.join(''))).to.equal(golden('live-120x40'));
  });

  it('shows a change from ten samples and ten percent on', () => {
    const changeIn = (count: number, value: number) => {
      const labels = { src: 'a', dst: 'b' };
      const total = resultOf(groupOf(labels, [...Array<number>(100).fill(0.1), value]));
      const interval = resultOf(groupOf(labels, Array<number>(count).fill(value)));
      return /[↑↓] \d+ %/.exec(
        rendered({ interval, total }).find((line) => line.startsWith('a ')) ?? '',
      )?.[0];
    };
    expect(changeIn(10, 0.15)).to.equal('↑ 50 %');
    expect(changeIn(10, 0.05)).to.equal('↓ 50 %');
    expect(changeIn(9, 0.15)).to.equal(undefined);
    expect(changeIn(10, 0.109)).to.equal(undefined);
    expect(changeIn(10, 1e6)).to.equal('↑ 9999 %');
  });

  it('shows groups that are not held any more', () => {
    const interval = resultOf(groupOf({ src: 'gone', dst: 'x' }, [0.001]));
    expect(rendered({ interval }).find((line) => line.startsWith('gone'))).to.match(/^gone +x +1 +1\.00 ms/);
  });

  const size = fc.record({
    width: fc.integer({ min: 1, max: 200 }),
    height: fc.integer({ min: 1, max: 60 }),
    unicode: fc.boolean(),
    top: fc.option(fc.nat(8), { nil: undefined }),
  });
  const label = fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.constant(hostileText));
  const group = fc.tuple(label, fc.array(fc.double({ min: 0, max: 1e5, noNaN: true }), { minLength: 1 }));
  const result = fc
    .uniqueArray(group, { maxLength: 12, selector: ([src]) => src })
    .map((groups) => resultOf(...groups.map(([src, values]) => groupOf({ src }, values))));
  const status = fc.tuple(fc.constantFrom(calm, troubled), label).map(([some, name]) => ({
    ...some,
    sources: [...some.sources, { ...eth0, name }],
  }));

  it('never exceeds the terminal, and steers no terminal', () => {
    fc.assert(
      fc.property(result, result, status, size, (interval, total, some, look) => {
        const lines = rendered({ ...atStatus(some), interval, total }, look);
        expect(lines.length).to.be.at.most(look.height);
        for (const line of lines) {
          expect(stringWidth(line), line).to.be.at.most(look.width);
          expect(line).to.match(look.unicode ? /^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]*$/u : /^[\x20-\x7e]*$/);
        }
      }),
    );
  });

  const counted = fc.array(fc.tuple(label, fc.nat(1e6)), { maxLength: 5 }).map((groups) => [
    {
      name: 'tcp_resets',
      field: 'tcp.flags.reset',
      title: 'segments that reset a connection',
      labelNames: ['src'],
      groups: groups.map(([src, count]) => ({ labels: { src }, count })),
      total: groups.reduce((sum, [, count]) => sum + count, 0),
    },
  ]);

  it('never exceeds the terminal with several measurements and counters either', () => {
    fc.assert(
      fc.property(result, result, counted, size, (one, two, counters, look) => {
        const others = [{ interval: two, total: one }];
        const lines = rendered({ interval: one, total: two, others, counted: counters }, look);
        expect(lines.length).to.be.at.most(look.height);
        for (const line of lines) {
          expect(stringWidth(line), line).to.be.at.most(look.width);
          expect(line).to.match(look.unicode ? /^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]*$/u : /^[\x20-\x7e]*$/);
        }
      }),
    );
  });

  it('has a table for each measurement, under its name, and one of what was counted', () => {
    const dns = { ...office, name: 'dns_time', title: 'time from a DNS query to its response' };
    const resets = {
      name: 'tcp_resets',
      field: 'tcp.flags.reset',
      title: 'segments that reset a connection',
      labelNames: ['src'],
      groups: [{ labels: { src: '10.9.9.9' }, count: 12 }],
      total: 12,
    };
    const others = [{ interval: undefined, total: dns }];
    const lines = rendered({ others, counted: [resets] }, { height: undefined });
    expect(lines[0]).to.match(/^tcp_ack_rtt, dns_time · running · eth0 · tshark/);
    expect(lines).to.include('dns_time · time from a DNS query to its response').and.include('packets');
    expect(lines.filter((line) => line.startsWith('total')).length).to.equal(3);
    expect(lines.find((line) => line.startsWith('10.9.9.9'))).to.match(/ 12$/);
    // Half of the terminal each: none is pushed out of it.
    const few = rendered({ others, counted: [resets] }, { height: 24 });
    expect(few.filter((line) => line.startsWith('total')).length).to.equal(3);
  });

  it('uses the room that there is', () => {
    const shown = (height: number) =>
      rendered({}, { height }).filter((line) =>
        office.groups.some(({ labels }) => line.startsWith(labels['src'] ?? '-')),
      ).length;
    const counts = Array.from({ length: 20 }, (_, at) => shown(at + 3));
    expect(counts).to.deep.equal([...counts].sort((a, b) => a - b));
    expect(counts.at(-1)).to.equal(6);
  });
});
