import { expect } from 'chai';
import fc from 'fast-check';
import { DataType, tableFromIPC } from 'apache-arrow';
import { arrowBytes, toArrow } from '../../src/arrow/to-arrow.ts';
import { fromArrow } from '../../src/arrow/from-arrow.ts';
import { joinBytes } from '../../src/arrow/join-bytes.ts';
import { RttsharkError } from '../../src/errors.ts';
import { fromColumns } from '../../src/table/from-columns.ts';
import { fromRows } from '../../src/table/from-rows.ts';
import { sameValue, tableEqual } from '../support/table-equal.ts';
import { anyTable, everyType } from '../table/arbitrary.ts';
import { apacheColumns, throughRust } from './readers.ts';

const format = fc.constantFrom<'file' | 'stream'>('file', 'stream');

async function joined(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return joinBytes(all);
}

describe('toArrow', () => {
  it('gives what Apache’s library reads as the same values, for all types', () => {
    fc.assert(
      fc.property(anyTable, format, (table, as) => {
        const read = apacheColumns(toArrow(table, { format: as }));
        for (const name of table.columnNames) {
          expect(sameValue(read[name], table.column(name).toArray()), name).to.equal(true);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('gives what arrow-rs reads, and writes again as the same table', () => {
    fc.assert(
      fc.property(anyTable, (table) => {
        tableEqual(fromArrow(throughRust(toArrow(table, { format: 'stream' }))), table);
      }),
      { numRuns: 40 },
    );
  });

  it('says of every column what it is', () => {
    const table = fromRows(everyType, []);
    const { fields } = tableFromIPC(toArrow(table)).schema;
    const types = Object.fromEntries(fields.map(({ name, type }) => [name, String(type)]));
    const scalars = {
      float64: 'Float64',
      int32: 'Int32',
      uint32: 'Uint32',
      int64: 'Int64',
      uint64: 'Uint64',
      text: 'Utf8',
      boolean: 'Bool',
      time: 'Timestamp<NANOSECOND, UTC>',
      duration: 'Duration<NANOSECOND>',
      bytes: 'Binary',
    };
    const lists = Object.entries(scalars).map(([name, type]) => [`list<${name}>`, `List<${type}>`]);
    expect(types).to.deep.equal({ ...scalars, ...Object.fromEntries(lists) });
    expect(fields.map(({ nullable }) => nullable)).not.to.include(false);
    const elements = fields.flatMap(({ type }) => (DataType.isList(type) ? type.children : []));
    expect(elements.map(({ nullable }) => nullable))
      .to.have.lengthOf(10)
      .and.not.to.include(true);
  });

  it('carries metadata of the table and descriptions of its columns', () => {
    const table = fromRows({ src: 'text', n: 'int32' }, []);
    const { schema } = tableFromIPC(
      toArrow(table, {
        metadata: { capture: 'ä.pcap' },
        fieldDescriptions: { src: { field: 'ip.src', type: 'FT_IPv4', description: 'Source Address' } },
      }),
    );
    expect(Object.fromEntries(schema.metadata)).to.deep.equal({ capture: 'ä.pcap' });
    expect(schema.fields.map(({ metadata }) => Object.fromEntries(metadata))).to.deep.equal([
      { 'tshark.field': 'ip.src', 'tshark.type': 'FT_IPv4', description: 'Source Address' },
      {},
    ]);
  });

  it('makes record batches of large tables, which come back as one', () => {
    const rows = 300_000;
    const table = fromColumns(
      { n: 'int32', text: 'text', list: 'list<uint32>' },
      {
        n: Int32Array.from({ length: rows }, (_, row) => row),
        text: Array.from({ length: rows }, (_, row) => (row % 7 === 0 ? null : `text ${row % 1000}`)),
        list: Array.from({ length: rows }, (_, row) => (row % 5 === 0 ? null : [row, 7].slice(0, row % 3))),
      },
    );
    const bytes = toArrow(table);
    expect(tableFromIPC(bytes).batches).to.have.lengthOf(3);
    tableEqual(fromArrow(bytes).slice(131_000, 131_200), table.slice(131_000, 131_200));
    tableEqual(fromArrow(throughRust(toArrow(table, { format: 'stream' }))).tail(100), table.tail(100));
  });
});

describe('arrowBytes', () => {
  it('gives one file or stream of all tables, which need not share a dictionary', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyTable, { maxLength: 4 }), format, async (tables, as) => {
        const read = fromArrow(await joined(arrowBytes(tables, everyType, { format: as })));
        const [first = fromRows(everyType, []), ...others] = tables;
        tableEqual(read, first.concat(...others));
      }),
      { numRuns: 30 },
    );
  });

  it('gives the bytes of toArrow for one table', async () => {
    const table = fromRows({ a: 'text' }, [{ a: 'x' }, {}]);
    expect(await joined(arrowBytes([table], table.schema))).to.deep.equal(toArrow(table));
  });

  it('gives a stream’s schema and batches as soon as there is one', async () => {
    const table = fromRows({ a: 'int32' }, [{ a: 1 }]);
    let asked = 0;
    const tables = function* (): Generator<typeof table> {
      for (; ; asked++) yield table;
    };
    const pieces = arrowBytes(tables(), table.schema, { format: 'stream' });
    const begun: Uint8Array[] = [];
    for await (const piece of pieces) {
      begun.push(piece);
      if (begun.length === 3) break;
    }
    expect(asked).to.equal(1);
    expect(fromArrow(joinBytes(begun)).rowCount).to.equal(2);
  });

  it('refuses a table of another schema', async () => {
    const table = fromRows({ a: 'int32' }, []);
    const error = await joined(arrowBytes([table], { b: 'text' })).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).to.be.instanceOf(RttsharkError).with.property('message', 'Column "b" is missing.');
  });
});
