import { expect } from 'chai';
import fc from 'fast-check';
import { parquetMetadata } from 'hyparquet';
import { joinBytes } from '../../src/arrow/join-bytes.ts';
import { RttsharkError } from '../../src/errors.ts';
import { fromParquet } from '../../src/parquet/from-parquet.ts';
import { parquetBytes, toParquet } from '../../src/parquet/to-parquet.ts';
import { fromColumns } from '../../src/table/from-columns.ts';
import { fromRows } from '../../src/table/from-rows.ts';
import { parquetThroughRust } from '../arrow/readers.ts';
import { sameValue, tableEqual } from '../support/table-equal.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { anyTable, everyType } from '../table/arbitrary.ts';
import { DuckDB } from './duckdb.ts';

const compression = fc.constantFrom('snappy' as const, 'gzip' as const, 'none' as const);

/** Rows enough for dictionaries of many widths, long runs, and columns that no dictionary suits. */
function manyRows(rows: number, distinct: number) {
  const at = (row: number): number => Math.imul(row, 0x9e37_79b1) >>> 0;
  const from = <V>(value: (row: number) => V, nullEach: number): (V | null)[] =>
    Array.from({ length: rows }, (_, row) => (at(row) % nullEach === 0 ? null : value(row)));
  return fromColumns(
    {
      port: 'uint32',
      offset: 'int32',
      text: 'text',
      raw: 'bytes',
      number: 'float64',
      time: 'time',
      flags: 'list<boolean>',
      names: 'list<text>',
    },
    {
      port: from((row) => (at(row) % distinct) + 2 ** 31, 1e9),
      offset: from((row) => (at(row) % distinct) - 7, 3),
      text: from((row) => `text ${at(row) % distinct}`, 5),
      raw: from((row) => Uint8Array.of(row & 255, at(row) % distinct), 1e9),
      number: from((row) => at(row) / 7, 11),
      time: from((row) => BigInt(at(row)) * 1_000_003n - 10n ** 15n, 13),
      flags: from((row) => Array.from({ length: row % 4 }, (_, i) => (row + i) % 3 === 0), 7),
      names: from((row) => Array.from({ length: row % 3 }, (_, i) => `name ${(row + i) % distinct}`), 7),
    },
  );
}

type Order = (one: unknown, other: unknown) => number;

const byValue: Order = (one, other) =>
  (one as number) < (other as number) ? -1 : Number((one as number) > (other as number));

/** How the values of the types compare whose statistics hyparquet gives as values. */
const orderOf: Readonly<Record<string, Order | undefined>> = {
  float64: byValue,
  int32: byValue,
  uint32: byValue,
  int64: byValue,
  uint64: byValue,
  boolean: byValue,
  duration: byValue,
  text: (one, other) => Buffer.compare(Buffer.from(String(one)), Buffer.from(String(other))),
};

describe('toParquet', () => {
  const file = temporaryFolder();
  let duckDB: DuckDB;
  before(async () => {
    duckDB = await DuckDB.open(file());
  });
  after(() => {
    duckDB.close();
  });

  it('gives what DuckDB reads as the same values, for all types', async () => {
    await fc.assert(
      fc.asyncProperty(anyTable, compression, async (table, compressed) => {
        const read = await duckDB.query(toParquet(table, { compression: compressed }), 'from FILE');
        expect(sameValue(read.map(Object.values), table.toObjects().map(Object.values))).to.equal(true);
      }),
      { numRuns: 40 },
    );
  });

  it('gives what arrow-rs reads as the same table, durations too', () => {
    fc.assert(
      fc.property(anyTable, compression, (table, compressed) => {
        tableEqual(
          parquetThroughRust(toParquet(table, { compression: compressed, times: 'nanoseconds-utc' })),
          table,
        );
      }),
      { numRuns: 40 },
    );
  });

  it('says of every column what it is', async () => {
    const described = await duckDB.query(toParquet(fromRows(everyType, [])), 'describe from FILE');
    const types = {
      float64: 'DOUBLE',
      int32: 'INTEGER',
      uint32: 'UINTEGER',
      int64: 'BIGINT',
      uint64: 'UBIGINT',
      text: 'VARCHAR',
      boolean: 'BOOLEAN',
      time: 'TIMESTAMP_NS',
      duration: 'BIGINT',
      bytes: 'BLOB',
    };
    const lists = Object.entries(types).map(([name, type]) => [`list<${name}>`, `${type}[]`]);
    expect(
      Object.fromEntries(described.map((row) => [row['column_name'], row['column_type']])),
    ).to.deep.equal({ ...types, ...Object.fromEntries(lists) });
  });

  for (const distinct of [1, 2, 200, 3000, 1e6]) {
    it(`packs ${distinct} distinct values into dictionaries, or leaves them`, async () => {
      const table = manyRows(5000, distinct);
      const bytes = toParquet(table, { rowGroupRows: 1999 });
      tableEqual(await fromParquet(bytes), table);
      tableEqual(
        parquetThroughRust(toParquet(table, { rowGroupRows: 1999, times: 'nanoseconds-utc' })),
        table,
      );
      const read = await duckDB.query(bytes, 'from FILE');
      expect(sameValue(read.map(Object.values), table.toObjects().map(Object.values))).to.equal(true);
    });
  }

  it('cuts times to microseconds where asked, never to a later one', async () => {
    const table = fromRows({ time: 'time', all: 'list<time>' }, [
      { time: 1_700_000_000_123_456_789n, all: [1999n, 2000n] },
      { time: -1n, all: [-1000n, -1001n] },
    ]);
    const bytes = toParquet(table, { times: 'microseconds-utc' });
    const [row = {}] = await duckDB.query(
      bytes,
      'select typeof(time) as type, epoch_us(time) as time from FILE',
    );
    expect(row).to.deep.equal({ type: 'TIMESTAMP WITH TIME ZONE', time: 1_700_000_000_123_456n });
    const cut = fromRows({ time: 'time', all: 'list<time>' }, [
      { time: 1_700_000_000_123_456_000n, all: [1000n, 2000n] },
      { time: -1000n, all: [-1000n, -2000n] },
    ]);
    tableEqual(await fromParquet(bytes), cut);
    tableEqual(parquetThroughRust(bytes), cut);
  });

  it('has the extremes of every row group in its statistics', () => {
    fc.assert(
      fc.property(anyTable, (table) => {
        const bytes = toParquet(table, { rowGroupRows: 3 });
        const { row_groups: groups } = parquetMetadata(bytes.buffer);
        for (const [at, { columns }] of groups.entries()) {
          for (const { meta_data: chunk } of columns) {
            const [name = '', ...inner] = chunk?.path_in_schema ?? [];
            const order = orderOf[name];
            if (order === undefined || inner.length > 0) continue;
            const cells = table.slice(3 * at, 3 * at + 3).toObjects();
            const values = cells
              .map((row) => (row as Record<string, unknown>)[name])
              .filter((v) => v !== null);
            const sorted = values.includes(NaN) ? [] : values.toSorted(order);
            const { min_value: min, max_value: max, null_count: nulls } = chunk?.statistics ?? {};
            // Bounds that are zero are those of either sign.
            const loose = [min, max].map((bound) => (bound === 0 ? 0 : bound));
            expect(loose).to.deep.equal([sorted[0], sorted.at(-1)].map((bound) => (bound === 0 ? 0 : bound)));
            expect(nulls).to.equal(BigInt(cells.length - values.length));
          }
        }
      }),
      { numRuns: 30 },
    );
  });

  it('tells the least and the largest value of each row group, and how many are null', async () => {
    const rows = [
      { n: -5n, u: 2n ** 63n, x: -0, s: 'b', flag: true },
      { n: 3n, u: 1n, x: 2, s: '\u{1f600}', flag: false },
      { s: '\uffee' },
    ];
    const table = fromRows({ n: 'int64', u: 'uint64', x: 'float64', s: 'text', flag: 'boolean' }, rows);
    const found = await duckDB.query(
      toParquet(table),
      `select path_in_schema as name, stats_min_value as min, stats_max_value as max, stats_null_count as nulls
         from parquet_metadata(FILE)`,
    );
    expect(found).to.deep.equal([
      { name: 'n', min: '-5', max: '3', nulls: 1n },
      { name: 'u', min: '1', max: '9223372036854775808', nulls: 1n },
      { name: 'x', min: '-0.0', max: '2.0', nulls: 1n },
      { name: 's', min: 'b', max: '\u{1f600}', nulls: 0n },
      { name: 'flag', min: 'false', max: 'true', nulls: 1n },
    ]);
  });

  it('carries metadata and what its columns are', async () => {
    const bytes = toParquet(fromRows({ src: 'text' }, []), {
      metadata: { capture: 'a.pcap' },
      fieldDescriptions: { src: { field: 'ip.src', type: 'FT_IPv4', description: 'Source' } },
    });
    const found = await duckDB.query(
      bytes,
      `select decode(key) as key, decode(value) as value from parquet_kv_metadata(FILE)
        where decode(key) != 'ARROW:schema'`,
    );
    const columns = { src: { columnType: 'text', field: 'ip.src', type: 'FT_IPv4', description: 'Source' } };
    expect(found).to.deep.equal([
      { key: 'capture', value: 'a.pcap' },
      { key: 'rttshark.columns', value: JSON.stringify(columns) },
    ]);
  });

  it('refuses a compression that it does not know, and a row group without rows', () => {
    const table = fromRows({ a: 'int32' }, []);
    expect(() => toParquet(table, { compression: 'lzo' as 'none' })).to.throw(RttsharkError, '"lzo"');
    expect(() => toParquet(table, { rowGroupRows: 0 })).to.throw(RttsharkError, 'not 0');
  });
});

describe('parquetBytes', () => {
  it('gives one file of all tables, in row groups of so many rows', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyTable, { maxLength: 3 }),
        fc.integer({ min: 4, max: 40 }),
        async (tables, rowGroupRows) => {
          const pieces: Uint8Array[] = [];
          for await (const piece of parquetBytes(tables, everyType, { rowGroupRows })) pieces.push(piece);
          const [first = fromRows(everyType, []), ...others] = tables;
          const whole = first.concat(...others);
          expect(Buffer.from(joinBytes(pieces)).equals(toParquet(whole, { rowGroupRows }))).to.equal(true);
          tableEqual(await fromParquet(joinBytes(pieces)), whole);
        },
      ),
      { numRuns: 12, endOnFailure: true },
    );
  });
});

describe('fromParquet', () => {
  it('gives the table that was written, with columns of any name', async () => {
    const names = fc.constantFrom('', '__proto__', 'tcp.port', 'ä', '7');
    await fc.assert(
      fc.asyncProperty(anyTable, compression, names, async (table, compressed, name) => {
        const named = table.rename({ text: name });
        tableEqual(await fromParquet(toParquet(named, { compression: compressed })), named);
      }),
      { numRuns: 30 },
    );
  });

  it('tells of what is no Parquet', async () => {
    for (const bytes of [new Uint8Array(0), Buffer.from('PAR1'), Buffer.from('no Parquet at all')]) {
      const error = await fromParquet(bytes).catch((reason: unknown) => reason);
      expect(error).to.be.instanceOf(RttsharkError).with.property('code', 'input_unreadable');
    }
  });
});
