import { readFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';
import { expect } from 'chai';
import fc from 'fast-check';
import stringWidth from 'string-width';
import { renderAnalysis, type TableOptions } from '../../src/report/terminal-table.ts';
import { groupOf, resultOf } from './measurement-result.ts';
import { empty, hostileText, longAddresses, office, ungrouped } from './sample-results.ts';

const plain: TableOptions = {
  width: undefined,
  colour: false,
  unicode: true,
  top: undefined,
  inputs: [{ path: 'captures/office.pcapng', samples: 14_944, truncated: false }],
  tsharkVersion: '4.0.17',
  description: 'time from a TCP segment to its ACK',
};

const golden = (name: string) => readFileSync(new URL(`golden/${name}.txt`, import.meta.url), 'utf8');
const linesOf = (text: string) => text.replace(/\n$/, '').split('\n');

describe('report/terminal-table', () => {
  const tables: [name: string, result: typeof office, options: Partial<TableOptions>][] = [
    ['office-30', office, { width: 30 }],
    ['office-60', office, { width: 60 }],
    ['office-80', office, { width: 80 }],
    ['office-120', office, { width: 120 }],
    ['office-200', office, { width: 200 }],
    ['office-any', office, {}],
    ['office-any', office, { width: 0 }],
    ['office-top-2-ascii', office, { width: 120, top: 2, unicode: false }],
    ['long-addresses-80', longAddresses, { width: 80 }],
    ['ungrouped-120', ungrouped, { width: 120 }],
  ];
  for (const [name, result, options] of tables) {
    it(`looks as in golden/${name}.txt with ${JSON.stringify(options)}`, () => {
      expect(renderAnalysis(result, { ...plain, ...options })).to.equal(golden(name));
    });
  }

  it('says in one line that there are no samples', () => {
    expect(renderAnalysis(empty, plain)).to.equal(
      'tcp_ack_rtt · no samples · captures/office.pcapng · tshark 4.0.17\n',
    );
  });

  it('names the field where there is no description, up to three captures, and which are cut short', () => {
    const input = (path: string, truncated = false) => ({ path, samples: null, truncated });
    const title = (...inputs: TableOptions['inputs']) => {
      const { width, colour, unicode, top, tsharkVersion } = plain;
      return linesOf(renderAnalysis(office, { width, colour, unicode, top, inputs, tsharkVersion }))[0];
    };
    expect(title(input('a b.pcap'), input('-', true))).to.equal(
      'tcp_ack_rtt · tcp.analysis.ack_rtt · a b.pcap, standard input (cut short) · tshark 4.0.17',
    );
    expect(title(input('1'), input('2', true), input('3'), input('4'))).to.equal(
      'tcp_ack_rtt · tcp.analysis.ack_rtt · 4 captures (1 cut short) · tshark 4.0.17',
    );
  });

  it('counts the groups that --top leaves out', () => {
    const more = (top: number) =>
      linesOf(renderAnalysis(office, { ...plain, top })).filter((line) => line.includes('more'));
    expect(more(1)).to.deep.equal(['… and 5 more groups']);
    expect(more(5)).to.deep.equal(['… and 1 more group']);
    expect(more(6)).to.deep.equal([]);
    expect(renderAnalysis(office, { ...plain, top: 6 })).to.equal(golden('office-any'));
  });

  it('is the same text in colour, with bold totals and a slow tail in yellow', () => {
    const coloured = renderAnalysis(office, { ...plain, width: 120, colour: true });
    expect(stripVTControlCharacters(coloured)).to.equal(golden('office-120'));
    const yellow = '\u001b[33m';
    const lines = linesOf(coloured);
    expect(lines.find((line) => line.includes('total'))).to.match(/^\u001b\[1mtotal/);
    expect(lines.filter((line) => line.includes(yellow)).map((line) => line.split(' ')[0])).to.deep.equal([
      '10.0.0.7',
    ]);
    expect(lines.find((line) => line.includes(yellow))).to.include(`${yellow}63.0 ms\u001b[39m`);
  });

  it('leaves bars out where no value is above zero', () => {
    const table = renderAnalysis(resultOf(groupOf({ src: 'a' }, [0, 0])), plain);
    expect(table).to.not.match(/distribution|logarithmic/);
    expect(table).to.match(/^a +2 +0 s/m);
  });

  it('lets no label move the cursor, break a line or spoil the columns', () => {
    const table = renderAnalysis(
      resultOf(groupOf({ src: hostileText }, [0.001]), groupOf({ src: 'x' }, [0.002])),
      plain,
    );
    expect(table).to.not.match(
      /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e\u2028\ud800](?![\udc00-\udfff])/,
    );
    expect(linesOf(table)).to.have.length(8);
    const [first = '', second = ''] = linesOf(table).slice(3, 5);
    expect(stringWidth(first.slice(0, first.indexOf('1.00 ms')))).to.equal(second.indexOf('2.00 ms'));
  });

  it('trusts no label name and no file name either', () => {
    const result = resultOf(groupOf({ [hostileText]: 'x' }, [0.001]));
    const inputs = [{ path: hostileText, samples: 1, truncated: false }];
    expect(renderAnalysis(result, { ...plain, inputs, unicode: false })).to.match(/^[\x20-\x7e\n]*$/);
  });

  const label = fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.constant(hostileText));
  const group = fc.tuple(
    label,
    label,
    fc.array(fc.double({ min: 0, max: 1e5, noNaN: true }), { minLength: 1 }),
  );
  const result = fc
    .array(group, { maxLength: 6 })
    .map((groups) => resultOf(...groups.map(([src, dst, values]) => groupOf({ src, dst }, values))));
  const options = fc.record({
    width: fc.integer({ min: 1, max: 250 }),
    unicode: fc.boolean(),
    top: fc.option(fc.nat(8), { nil: undefined }),
  });

  it('is never wider than the terminal, and has no blanks at line ends', () => {
    fc.assert(
      fc.property(result, options, (anyResult, some) => {
        for (const line of linesOf(renderAnalysis(anyResult, { ...plain, ...some }))) {
          expect(stringWidth(line), line).to.be.at.most(some.width);
          expect(line).to.equal(line.trimEnd());
        }
      }),
    );
  });

  it('is ASCII alone, where the terminal knows no more', () => {
    fc.assert(
      fc.property(result, options, (anyResult, some) => {
        expect(renderAnalysis(anyResult, { ...plain, ...some, unicode: false })).to.match(/^[\x20-\x7e\n]*$/);
      }),
    );
  });
});
