import { inspect } from 'node:util';
import { expect } from 'chai';
import fc from 'fast-check';
import { fromRows } from '../../src/table/from-rows.ts';
import { anyTable } from './arbitrary.ts';

const table = fromRows(
  { src: 'text', rtt: 'float64', time: 'time', n: 'uint32' },
  Array.from({ length: 12 }, (_, n) => ({
    src: `10.0.0.${n}`,
    rtt: n / 3,
    time: BigInt(n) * 1_000_000_000n - 1n,
    n,
  })),
);

describe('the printed form', () => {
  it('has names, types and rows, in columns', () => {
    expect(table.head(2).toString()).to.equal(
      [
        'src            rtt                           time       n',
        'text       float64                           time  uint32',
        '10.0.0.0         0  1969-12-31 23:59:59.999999999       0',
        '10.0.0.1  0.333333  1970-01-01 00:00:00.999999999       1',
        '2 rows',
      ].join('\n'),
    );
  });

  it('shows durations in the unit that fits them, bytes as hex digits and lists in brackets', () => {
    const newer = fromRows(
      { wait: 'duration', token: 'bytes', names: 'list<text>', waits: 'list<duration>' },
      [
        { wait: 51_000n, token: Uint8Array.of(0, 255), names: ['a', '\n'], waits: [-1n, 0n] },
        { wait: -1_234_567_890_123n, token: new Uint8Array(30), names: [], waits: [1_500_000n] },
        {},
      ],
    );
    expect(newer.toString({ width: 100 })).to.equal(
      [
        '      wait  token                                     names       waits',
        '  duration  bytes                                     list<text>  list<duration>',
        '     51 µs  00ff                                      [a, \\u{a}]  [-1 ns, 0 s]',
        `-1234.57 s  ${'0'.repeat(39)}…  []          [1.5 ms]`,
        '      null  null                                      null        null',
        '3 rows',
      ].join('\n'),
    );
  });

  it('leaves out rows in the middle, and columns that do not fit', () => {
    expect(table.toString({ width: 35, rows: 3 })).to.equal(
      [
        'src             rtt',
        'text        float64',
        '10.0.0.0          0',
        '10.0.0.1   0.333333',
        '…                 …',
        '10.0.0.11   3.66667',
        '12 rows, 2 more columns: time, n',
      ].join('\n'),
    );
  });

  it('is what console.log prints', () => {
    expect(inspect(table)).to.equal(table.toString({ width: process.stdout.columns || 80 }));
    expect(String(fromRows({}, []))).to.equal('0 rows');
  });

  it('never is wider than it may be, and holds nothing that a terminal obeys', () => {
    fc.assert(
      fc.property(
        anyTable,
        fc.integer({ min: 10, max: 200 }),
        fc.integer({ min: 0, max: 20 }),
        (any, width, rows) => {
          const lines = any.toString({ width, rows }).split('\n');
          for (const line of lines) {
            expect(Array.from(line).length).to.be.at.most(width);
            expect(line).not.to.match(/[\p{Cc}\u202e]/u);
          }
          expect(lines.length).to.be.at.most(rows + 4);
        },
      ),
    );
    expect(fromRows({ text: 'text' }, [{ text: '\u001b[2J\u202e\n' }]).toString()).to.contain(
      '\\u{1b}[2J\\u{202e}\\u{a}',
    );
  });
});
