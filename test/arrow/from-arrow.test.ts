import { expect } from 'chai';
import fc from 'fast-check';
import * as apache from 'apache-arrow';
import { fromArrow } from '../../src/arrow/from-arrow.ts';
import { toArrow } from '../../src/arrow/to-arrow.ts';
import { RttsharkError } from '../../src/errors.ts';
import { fromRows } from '../../src/table/from-rows.ts';
import { tableEqual } from '../support/table-equal.ts';
import { anyTable } from '../table/arbitrary.ts';

function written(columns: Record<string, apache.Vector>, format: 'file' | 'stream' = 'file'): Uint8Array {
  return apache.tableToIPC(new apache.Table(columns), format);
}

function vector<T extends apache.DataType>(type: T, values: readonly unknown[]): apache.Vector<T> {
  return apache.vectorFromArray(values as T['TValue'][], type);
}

describe('fromArrow', () => {
  it('gives the table that was written, with columns of any name', () => {
    fc.assert(
      fc.property(
        anyTable,
        fc.constantFrom<'file' | 'stream'>('file', 'stream'),
        fc.constantFrom('', '__proto__', 'tcp.port', 'ä', '7'),
        (table, format, name) => {
          const named = table.rename({ text: name });
          tableEqual(fromArrow(toArrow(named, { format })), named);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('reads what others write in other types, as the type that holds it', () => {
    const bytes = written({
      small: vector(new apache.Int8(), [-128, null, 127]),
      short: vector(new apache.Uint16(), [0, 65_535, null]),
      single: vector(new apache.Float32(), [0.5, null, -1]),
      large: vector(new apache.LargeUtf8(), ['ä', null, '']),
      category: vector(new apache.Dictionary(new apache.Utf8(), new apache.Int8()), ['x', null, 'x']),
      fixed: vector(new apache.FixedSizeBinary(2), [Uint8Array.of(1, 2), null, Uint8Array.of(255, 0)]),
      seconds: vector(new apache.TimestampSecond(), [1000, null, 2000]),
      wait: vector(new apache.DurationMillisecond(), [5n, null, -5n]),
      day: vector(new apache.DateDay(), [new Date(86_400_000), null, new Date(0)]),
      nothing: vector(new apache.Null(), [null, null, null]),
    });
    tableEqual(
      fromArrow(bytes),
      fromRows(
        {
          small: 'int32',
          short: 'uint32',
          single: 'float64',
          large: 'text',
          category: 'text',
          fixed: 'bytes',
          seconds: 'time',
          wait: 'duration',
          day: 'time',
          nothing: 'text',
        },
        [
          {
            small: -128,
            short: 0,
            single: 0.5,
            large: 'ä',
            category: 'x',
            fixed: Uint8Array.of(1, 2),
            seconds: 1_000_000_000n,
            wait: 5_000_000n,
            day: 86_400_000_000_000n,
          },
          { short: 65_535 },
          {
            small: 127,
            single: -1,
            large: '',
            category: 'x',
            fixed: Uint8Array.of(255, 0),
            seconds: 2_000_000_000n,
            wait: -5_000_000n,
            day: 0n,
          },
        ],
      ),
    );
  });

  it('refuses a type that no table has, and names the column', () => {
    const bytes = written({ deep: vector(new apache.Struct([]), [{}]) });
    expect(() => fromArrow(bytes))
      .to.throw(RttsharkError, 'Column "deep" of the Arrow data has the type "struct", which no table has.')
      .with.property('code', 'input_unreadable');
  });

  it('tells of what is no Arrow or ends too early, and never reads on', () => {
    const bytes = toArrow(fromRows({ a: 'text', b: 'list<int64>' }, [{ a: 'x', b: [1n] }, {}]));
    const whole = fromArrow(bytes);
    for (let length = 0; length < bytes.length; length++) {
      try {
        expect(fromArrow(bytes.subarray(0, length)).rowCount).to.be.oneOf([0, whole.rowCount]);
      } catch (error) {
        expect(error).to.be.instanceOf(RttsharkError).with.property('code', 'input_unreadable');
      }
    }
  });
});
