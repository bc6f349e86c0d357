import { expect } from 'chai';
import { parseValue, unquote } from '../../src/capture/field-value.ts';
import type { ColumnType } from '../../src/table/schema.ts';

describe('a value as it is printed', () => {
  for (const [printed, plain, doubled] of [
    ['', null, null],
    ['""', '', ''],
    ['"a"', 'a', 'a'],
    ['"a b\\t"', 'a b\\t', 'a b\\t'],
    ['"say "x""', 'say "x"', 'say "x"'],
    ['"say ""x"""', 'say ""x""', 'say "x"'],
    ['"""', '"', '"'],
    ['""""', '""', '"'],
    ['bare', 'bare', 'bare'],
    ['"', '"', '"'],
    ['"open', '"open', '"open'],
    ['open"', 'open"', 'open"'],
  ] as const) {
    it(`${printed === '' ? 'nothing' : printed} is ${plain ?? 'null'} before 4.4 and ${doubled ?? 'null'} since`, () => {
      expect(unquote(printed, false)).to.equal(plain);
      expect(unquote(printed, true)).to.equal(doubled);
    });
  }
});

/** What a column of this type makes of a text: its value, or `malformed`. */
function valueOf(type: ColumnType, text: string | null): unknown {
  const value = parseValue(type, text);
  return value === undefined ? 'malformed' : value;
}

const cases: Readonly<Partial<Record<ColumnType, readonly (readonly [text: string, value: unknown])[]>>> = {
  text: [
    ['', ''],
    ['a', 'a'],
    ['a\u001fb', 'a\u001fb'],
    ['\ufffd', '\ufffd'],
  ],
  float64: [
    ['0.000050000', 0.00005],
    ['-1.5', -1.5],
    ['1e-05', 0.00001],
    ['0', 0],
    ['1\u001f2.5', 2.5],
    ['nan', NaN],
    ['-nan', NaN],
    ['NaN', NaN],
    ['inf', Infinity],
    ['+INFINITY', Infinity],
    ['-INFINITY', -Infinity],
    ['-inf', -Infinity],
    ['NRes', 'malformed'],
    ['abc', 'malformed'],
    ['1,5', 'malformed'],
    ['  ', 'malformed'],
    ['1\u001f', 'malformed'],
  ],
  uint32: [
    ['0', 0],
    ['4294967295', 4294967295],
    ['0x0018', 24],
    ['0x00000010\u001f0x00000002', 2],
    ['4294967296', 'malformed'],
    ['-1', 'malformed'],
    ['1.5', 'malformed'],
    [' ', 'malformed'],
    ['x', 'malformed'],
  ],
  int32: [
    ['-2147483648', -2147483648],
    ['2147483647', 2147483647],
    ['2147483648', 'malformed'],
    ['-', 'malformed'],
  ],
  uint64: [
    ['18446744073709551615', 18446744073709551615n],
    ['0xffffffffffffffff', 18446744073709551615n],
    ['0xFF', 255n],
    ['9007199254740993', 9007199254740993n],
    ['1\u001f2', 2n],
    ['18446744073709551616', 'malformed'],
    ['-1', 'malformed'],
    ['1.0', 'malformed'],
    ['0x', 'malformed'],
  ],
  int64: [
    ['-9223372036854775808', -9223372036854775808n],
    ['9223372036854775807', 9223372036854775807n],
    ['9223372036854775808', 'malformed'],
    ['--1', 'malformed'],
  ],
  boolean: [
    ['1', true],
    ['0', false],
    ['True', true],
    ['False', false],
    ['0\u001f1', true],
    ['True\u001fFalse', false],
    ['2', 'malformed'],
    ['true', 'malformed'],
  ],
  time: [
    ['1700000000.011050000', 1700000000011050000n],
    ['1700000000.5', 1700000000500000000n],
    ['1700000000', 1700000000000000000n],
    ['-0.000000001', -1n],
    ['1\u001f2.000000001', 2000000001n],
    ['2023-11-14T22:13:20Z', 1700000000000000000n],
    ['2023-11-14T22:13:20.000000001+0000', 1700000000000000001n],
    ['2023-11-14T23:13:20.5+0100', 1700000000500000000n],
    ['2023-11-14 17:43:20.000000000-0430', 1700000000000000000n],
    ['Nov 14, 2023 22:13:20.011050000 UTC', 1700000000011050000n],
    ['Mar  1, 2021 06:59:59.528454000 UTC', 1614581999528454000n],
    ['Jan  1, 1970 00:00:00.000000000 UTC', 0n],
    ['Dec 31, 1969 23:59:59.900000000 UTC', -100000000n],
    ['2023/318:22:13:20.000000007 UTC', 1700000000000000007n],
    ['Feb 29, 2024 12:00:00 UTC', 1709208000000000000n],
    ['NULL', null],
    ['Sep 14, 30828 02:48:05.477580700 UTC', 'malformed'],
    ['Nov 14, 2023 23:13:20.000000000 CET', 'malformed'],
    ['Nov 14, 2023 22:13:20.000000000', 'malformed'],
    ['Not representable', 'malformed'],
    ['1700000000.0000000001', 'malformed'],
    ['99999999999', 'malformed'],
  ],
  duration: [
    ['0.000050000', 50000n],
    ['-1472003999.360380631', -1472003999360380631n],
    ['1\u001f2.5', 2500000000n],
    ['1e-5', 'malformed'],
  ],
  bytes: [
    ['', Uint8Array.of()],
    ['<none>', Uint8Array.of()],
    ['<MISSING>', Uint8Array.of()],
    ['00ff1a', Uint8Array.of(0, 255, 26)],
    ['0a:F9:14', Uint8Array.of(10, 249, 20)],
    ['0a-f9.14', Uint8Array.of(10, 249, 20)],
    ['00\u001f01', Uint8Array.of(1)],
    ['0', 'malformed'],
    ['0a:f', 'malformed'],
    ['0a::f9', 'malformed'],
    ['plain', 'malformed'],
  ],
  'list<text>': [
    ['', ['']],
    ['a\u001fb', ['a', 'b']],
    ['a\u001f', ['a', '']],
  ],
  'list<uint32>': [
    ['1', [1]],
    ['0x10\u001f2', [16, 2]],
    ['', []],
    ['1\u001fx', 'malformed'],
  ],
  'list<time>': [['1.5\u001fNULL\u001fJan  1, 1970 00:00:01.000000000 UTC', [1500000000n, 1000000000n]]],
  'list<bytes>': [['\u001f0a', [Uint8Array.of(), Uint8Array.of(10)]]],
};

describe('the value of a column', () => {
  for (const [type, values] of Object.entries(cases) as [
    ColumnType,
    NonNullable<(typeof cases)[ColumnType]>,
  ][]) {
    for (const [text, value] of values) {
      it(`of type ${type} for ${JSON.stringify(text)} is ${String(value)}`, () => {
        expect(valueOf(type, text)).to.deep.equal(value);
      });
    }

    it(`of type ${type} is null where there is none, and where an empty text is no value`, () => {
      expect(valueOf(type, null)).to.equal(null);
      if (type !== 'text' && type !== 'bytes' && !type.startsWith('list<'))
        expect(valueOf(type, '')).to.equal(null);
    });
  }
});
