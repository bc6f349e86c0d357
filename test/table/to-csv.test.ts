import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { RttsharkError } from '../../src/errors.ts';
import { columnOf } from '../../src/table/column-builder.ts';
import { listOf } from '../../src/table/column-types.ts';
import { fromRows } from '../../src/table/from-rows.ts';
import type { ScalarType } from '../../src/table/schema.ts';
import { Table } from '../../src/table/table.ts';
import type { CsvOptions } from '../../src/table/to-csv.ts';
import { parseEpochTime } from '../../src/table/time.ts';
import { tableEqual } from '../support/table-equal.ts';
import { anyTableForCsv, everyType } from './arbitrary.ts';

interface Field {
  readonly text: string;
  readonly quoted: boolean;
}

function readBack(csv: string, options: CsvOptions): Field[][] {
  return parse(csv, {
    delimiter: options.delimiter ?? ',',
    relax_column_count: false,
    record_delimiter: options.lineEnd ?? '\r\n',
    cast: (text, { quoting }): unknown => ({ text, quoted: quoting }),
  }) as unknown as Field[][];
}

function bytesOf(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'hex'));
}

function exactTime(text: string): bigint {
  return parseEpochTime(text) ?? 0n;
}

const table = fromRows(everyType, [
  {
    float64: 0.1,
    int32: -1,
    uint32: 4294967295,
    int64: -(2n ** 63n),
    uint64: 2n ** 64n - 1n,
    text: 'say "hi", you\r\n',
    boolean: true,
    time: 1795359084740123456n,
    duration: -51_000n,
    bytes: Uint8Array.of(0, 255),
    'list<float64>': [0.5, -0],
    'list<text>': ['a"', 'b'],
    'list<time>': [0n],
    'list<bytes>': [Uint8Array.of(1, 2), Uint8Array.of()],
  },
  { text: '', boolean: false, float64: -0, bytes: Uint8Array.of(), 'list<int32>': [] },
  {},
]);

describe('CSV', () => {
  it('is as RFC 4180 has it, null empty and empty text quoted', () => {
    expect(table.toCsv()).to.equal(
      'float64,int32,uint32,int64,uint64,text,boolean,time,duration,bytes,list<float64>,list<int32>,list<uint32>,' +
        'list<int64>,list<uint64>,list<text>,list<boolean>,list<time>,list<duration>,list<bytes>\r\n' +
        '0.1,-1,4294967295,-9223372036854775808,18446744073709551615,"say ""hi"", you\r\n",true,' +
        '1795359084.740123456,-0.000051000,00ff,"0.5,-0",,,,,"a"",b",,0.000000000,,"0102,"\r\n' +
        '-0,,,,,"",false,,,"",,"",,,,,,,,\r\n' +
        ',,,,,,,,,,,,,,,,,,,\r\n',
    );
  });

  const options: [CsvOptions, string][] = [
    [{ header: false, lineEnd: '\n' }, 'a b,1.5,1.000000000\n'],
    [{ delimiter: '\t', lineEnd: '\n' }, 'x\ty,z\tt\na b\t1.5\t1.000000000\n'],
    [{ delimiter: ' ', lineEnd: '\n' }, 'x y,z t\n"a b" 1.5 1.000000000\n'],
    [{ delimiter: '.', lineEnd: '\n' }, 'x.y,z.t\na b."1.5"."1.000000000"\n'],
    [{ formatTime: (ns) => `${ns}, ns`, lineEnd: '\n' }, 'x,"y,z",t\na b,1.5,"1000000000, ns"\n'],
  ];
  for (const [option, text] of options) {
    it(`takes ${JSON.stringify({ ...option, formatTime: String(option.formatTime) })}`, () => {
      const small = fromRows({ x: 'text', 'y,z': 'float64', t: 'time' }, [
        { x: 'a b', 'y,z': 1.5, t: 1_000_000_000n },
      ]);
      expect(small.toCsv(option)).to.equal(text);
    });
  }

  for (const delimiter of ['', ',,', '"', '\n', '\r']) {
    it(`refuses ${JSON.stringify(delimiter)} as its delimiter`, () => {
      expect(() => table.toCsv({ delimiter })).to.throw(RttsharkError, JSON.stringify(delimiter));
    });
  }

  it('is read back by csv-parse without loss', () => {
    const option = fc.record(
      {
        delimiter: fc.constantFrom(',', ';', '\t', '|', ' ', '.', '1', 'e'),
        lineEnd: fc.constantFrom('\n', '\r\n'),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(anyTableForCsv, option, (any, given) => {
        const [header, ...records] = readBack(any.toCsv(given), given);
        expect(header?.map(({ text }) => text)).to.deep.equal(any.columnNames);
        const rows = records.map((record) => {
          const value = (name: keyof typeof everyType): Field => record[any.columnNames.indexOf(name)]!;
          const list = <V>(element: ScalarType, read: (text: string) => V): V[] | null =>
            given(listOf(element), (text) => (text === '' ? [] : text.split(',').map(read)));
          const given = <V>(name: keyof typeof everyType, read: (text: string) => V): V | null => {
            const { text, quoted } = value(name);
            return text === '' && !quoted ? null : read(text);
          };
          return {
            float64: given('float64', Number),
            int32: given('int32', Number),
            uint32: given('uint32', Number),
            int64: given('int64', BigInt),
            uint64: given('uint64', BigInt),
            text: given('text', String),
            boolean: given('boolean', (text) => text === 'true'),
            time: given('time', parseEpochTime),
            duration: given('duration', parseEpochTime),
            bytes: given('bytes', bytesOf),
            'list<float64>': list('float64', Number),
            'list<int32>': list('int32', Number),
            'list<uint32>': list('uint32', Number),
            'list<int64>': list('int64', BigInt),
            'list<uint64>': list('uint64', BigInt),
            'list<text>': list('text', String),
            'list<boolean>': list('boolean', (text) => text === 'true'),
            'list<time>': list('time', exactTime),
            'list<duration>': list('duration', exactTime),
            'list<bytes>': list('bytes', bytesOf),
          };
        });
        tableEqual(fromRows(everyType, rows), any);
      }),
    );
  });

  it('comes in pieces that end with a line and together are the whole', () => {
    const large = new Table({
      x: columnOf(
        'text',
        Array.from({ length: 30_000 }, (_, row) => `row ${row}`),
      ),
    });
    const pieces = [...large.csvChunks()];
    expect(pieces.length).to.be.greaterThan(3);
    for (const piece of pieces) {
      expect(piece.endsWith('\r\n')).to.equal(true);
      expect(piece.length).to.be.within(1, 66_000);
    }
    expect(pieces.join('')).to.equal(large.toCsv());
    expect(large.toCsv().split('\r\n')).to.have.length(30_002);
  });

  it('of no rows is the header alone, or nothing', () => {
    expect(fromRows({ a: 'text' }, []).toCsv()).to.equal('a\r\n');
    expect(fromRows({ a: 'text' }, []).toCsv({ header: false })).to.equal('');
  });
});
