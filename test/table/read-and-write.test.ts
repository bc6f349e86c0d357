import { expect } from 'chai';
import fc from 'fast-check';
import { RttsharkError } from '../../src/errors.ts';
import { fromColumns } from '../../src/table/from-columns.ts';
import { fromCsv } from '../../src/table/from-csv.ts';
import { fromJsonLines } from '../../src/table/from-json-lines.ts';
import { fromRows } from '../../src/table/from-rows.ts';
import { tableEqual } from '../support/table-equal.ts';
import { anyTable, anyTableForCsv, everyType } from './arbitrary.ts';

describe('fromColumns and toColumns', () => {
  it('are the reverse of each other', () => {
    fc.assert(
      fc.property(anyTable, (table) => {
        tableEqual(fromColumns(everyType, table.toColumns()), table);
      }),
    );
  });

  it('take typed arrays, and copy them', () => {
    const values = new Float64Array([1, 2]);
    const table = fromColumns({ x: 'float64', n: 'uint32' }, { x: values, n: [0, null] });
    values[0] = 9;
    expect(table.toColumns()).to.deep.equal({ x: [1, 2], n: [0, null] });
  });

  it('refuse what does not fit, naming the column', () => {
    expect(() => fromColumns({ x: 'int32' }, { x: [0.5] })).to.throw(
      RttsharkError,
      'does not fit column "x"',
    );
    expect(() => fromColumns({ x: 'int32', y: 'int32' }, { x: [0], y: [] })).to.throw(
      RttsharkError,
      'equally long',
    );
    expect(() => fromColumns({ x: 'int32' }, { x: [], xx: [] } as never)).to.throw(
      RttsharkError,
      'did you mean "x"',
    );
  });
});

describe('fromCsv', () => {
  it('reads what toCsv writes', () => {
    fc.assert(
      fc.property(
        anyTableForCsv,
        fc.constantFrom(',', ';', '\t'),
        fc.boolean(),
        (table, delimiter, header) => {
          for (const lineEnd of ['\n', '\r\n'] as const) {
            const text = table.toCsv({ delimiter, header, lineEnd });
            tableEqual(fromCsv(everyType, text, { delimiter, header }), table);
          }
        },
      ),
    );
  });

  it('reads a single column with nulls, a last line without its end, and columns in another order', () => {
    expect(fromCsv({ a: 'int32' }, 'a\n1\n\n3').toColumns()).to.deep.equal({ a: [1, null, 3] });
    expect(fromCsv({ a: 'int32', b: 'text' }, 'b,a\r\n"x, ""y""\n",1').row(0)).to.deep.equal({
      a: 1,
      b: 'x, "y"\n',
    });
    expect(fromCsv({ a: 'int32' }, 'a').rowCount).to.equal(0);
  });

  it('reads times in a form of your own, and booleans as pandas writes them', () => {
    const parseTime = (text: string): bigint => BigInt(Date.parse(text)) * 1_000_000n;
    const table = fromCsv({ t: 'time', b: 'boolean' }, 't,b\n1970-01-01T00:00:01Z,True\n', { parseTime });
    expect(table.row(0)).to.deep.equal({ t: 1_000_000_000n, b: true });
  });

  it('says which line is wrong, and why', () => {
    const read = (text: string) => (): unknown => fromCsv({ a: 'int32', b: 'text' }, text);
    expect(read('a,b\n1,"\n"\n0x1,c')).to.throw(
      RttsharkError,
      'Line 4 of the CSV: "0x1" is no "int32", for column "a".',
    );
    expect(read('a,b\n4294967296,c')).to.throw(RttsharkError, '4294967296 does not fit column "a"');
    expect(read('a,b\n1')).to.throw(RttsharkError, 'Line 2 of the CSV has 1 fields, not 2.');
    expect(read('a,b\n1,"x')).to.throw(
      RttsharkError,
      'Line 2 of the CSV cannot be read: a quote does not end.',
    );
    expect(read('a,b\n"1"x,')).to.throw(RttsharkError, 'there is text behind a closing quote');
    expect(read('a,c\n')).to.throw(RttsharkError, 'no column "c"');
    expect(read('a\n')).to.throw(RttsharkError, 'The CSV has no column "b".');
    expect(read('')).to.throw(RttsharkError, 'The CSV has no column "a".');
    expect(read('a,b,a\n')).to.throw(RttsharkError, 'The column "a" is given twice.');
  });
});

describe('fromJsonLines', () => {
  it('reads what toJsonLines writes', () => {
    fc.assert(
      fc.property(anyTable, (table) => {
        tableEqual(fromJsonLines(everyType, table.toJsonLines()), table);
      }),
    );
  });

  it('writes JSON, a line a row', () => {
    const table = fromRows(everyType, [
      {
        int64: 2n ** 63n - 1n,
        time: 1_500_000_000n,
        text: '"\n',
        float64: NaN,
        boolean: true,
        uint32: 7,
        duration: -1n,
        bytes: Uint8Array.of(10),
        'list<uint64>': [2n ** 64n - 1n],
        'list<text>': ['a,b', ''],
        'list<float64>': [NaN, -0],
        'list<bytes>': [],
      },
    ]);
    const newer = [
      'duration',
      'bytes',
      'list<uint64>',
      'list<text>',
      'list<float64>',
      'list<bytes>',
      'list<time>',
    ] as const;
    expect(
      table.select('int64', 'time', 'text', 'float64', 'boolean', 'uint32', 'int32', ...newer).toJsonLines(),
    ).to.equal(
      '{"int64":9223372036854775807,"time":"1.500000000","text":"\\"\\n","float64":"NaN","boolean":true,"uint32":7,"int32":null,' +
        '"duration":"-0.000000001","bytes":"0a","list<uint64>":[18446744073709551615],"list<text>":["a,b",""],' +
        '"list<float64>":["NaN",-0],"list<bytes>":[],"list<time>":null}\n',
    );
    const { uint32, text } = JSON.parse(table.toJsonLines()) as Record<string, unknown>;
    expect([uint32, text]).to.deep.equal([7, '"\n']);
  });

  it('reads missing properties as null, and integers from strings', () => {
    const table = fromJsonLines(
      { n: 'uint64', x: 'float64' },
      '{"n":"18446744073709551615"}\n\n{"x":1e3}\r\n',
    );
    expect(table.toColumns()).to.deep.equal({ n: [2n ** 64n - 1n, null], x: [null, 1000] });
  });

  it('says which line is wrong, and why', () => {
    const read = (text: string) => (): unknown => fromJsonLines({ n: 'int32', s: 'text' }, text);
    expect(read('{"n":1}\n{"n":1')).to.throw(RttsharkError, 'Line 2 of the JSON cannot be read.');
    expect(read('[]')).to.throw(RttsharkError, 'Line 1 of the JSON is no object.');
    expect(read('{"n":0.5}')).to.throw(
      RttsharkError,
      'Line 1 of the JSON: 0.5 is no "int32", for column "n".',
    );
    expect(read('{"s":1}')).to.throw(RttsharkError, 'Line 1 of the JSON: 1 is no "text", for column "s".');
    expect(read('{"m":1}')).to.throw(RttsharkError, 'no column "m"');
  });
});
