import { Readable } from 'node:stream';
import { expect } from 'chai';
import fc from 'fast-check';
import { RowReader, type RowReaderOptions } from '../../src/capture/row-reader.ts';
import type { Schema } from '../../src/table/schema.ts';
import { joined, tableOf } from './tables.ts';
import { tableEqual } from '../support/table-equal.ts';
import { piecesOf } from './byte-chunks.ts';

const schema = { 'frame.number': 'uint32', 'a.text': 'text', 'tcp.analysis.ack_rtt': 'float64' } as const;
const options: RowReaderOptions<typeof schema> = { schema, quotesAreDoubled: false };

/** Everything that comes of these bytes, as one table, with the counts. */
async function read<S extends Schema>(
  input: string | Uint8Array,
  { cuts = [], ...reader }: RowReaderOptions<S> & { cuts?: readonly number[] },
) {
  const rows = new RowReader(reader);
  const chunks = [];
  for await (const chunk of rows.read(piecesOf(Buffer.from(input), cuts))) chunks.push(chunk);
  return { table: joined(reader.schema, chunks), counts: rows.counts, chunks };
}

const sample = Buffer.concat([
  Buffer.from('"1"\t"plain"\t"0.5"\n"2"\t"a\\tb, "c" Zürich 🦈"\t\n"3"\t""\t"1e-05"\n"4"\t\t""\n'),
  Buffer.from([0x22, 0x35, 0x22, 0x09, 0x22, 0xff, 0xfe, 0xc3, 0x28, 0x1f, 0x22, 0x09, 0x0a]),
  Buffer.from('"6"\t"one too few"\n"7"\t"x"\t"no number"\n"8"\t"cut\\n sho'),
]);
const sampleTable = tableOf(schema, [
  [1, 'plain', 0.5],
  [2, 'a\\tb, "c" Zürich 🦈', null],
  [3, '', 0.00001],
  [4, null, null],
  [5, '\ufffd\ufffd\ufffd(\u001f', null],
  [7, 'x', null],
]);
const sampleCounts = { rows: 6, malformedRows: 1, malformedValues: 1, cutShort: true };

describe('reading rows', () => {
  it('gives values, empty ones and none, and counts what it drops', async () => {
    const { table, counts } = await read(sample, options);
    tableEqual(table, sampleTable);
    expect(counts).to.deep.equal(sampleCounts);
  });

  it('gives the same wherever the bytes are cut in two', async () => {
    for (let cut = 0; cut <= sample.length; cut++) {
      const { table, counts } = await read(sample, { ...options, cuts: [cut] });
      tableEqual(table, sampleTable);
      expect(counts).to.deep.equal(sampleCounts);
    }
  });

  it('gives the same whatever the chunks, of bytes and of rows', async () => {
    const cuts = fc.array(fc.nat(sample.length), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(cuts, fc.integer({ min: 1, max: 8 }), async (at, chunkRows) => {
        const { table, counts } = await read(sample, { ...options, cuts: at, chunkRows });
        tableEqual(table, sampleTable);
        expect(counts).to.deep.equal(sampleCounts);
      }),
      { numRuns: 60 },
    );
  });

  it('gives any text back that tshark can print, in both ways of quoting', async () => {
    const value = fc.option(
      fc.string({ unit: 'binary' }).map((text) => text.replace(/[\t\n\r\p{Cs}]/gu, ' ')),
    );
    const rows = fc.array(fc.tuple(value, value), { minLength: 1, maxLength: 20 });
    const texts = { a: 'text', b: 'text' } as const;
    await fc.assert(
      fc.asyncProperty(rows, fc.boolean(), fc.array(fc.nat(400)), async (written, quotesAreDoubled, cuts) => {
        const quote = (text: string | null) =>
          text === null ? '' : `"${quotesAreDoubled ? text.replaceAll('"', '""') : text}"`;
        const lines = written.map((row) => `${row.map(quote).join('\t')}\n`).join('');
        const { table, counts } = await read(lines, { schema: texts, quotesAreDoubled, cuts });
        tableEqual(table, tableOf(texts, written));
        expect(counts).to.include({ malformedRows: 0, malformedValues: 0, cutShort: false });
      }),
      { numRuns: 100 },
    );
  });

  it('gives nothing for nothing', async () => {
    const { chunks, counts } = await read('', options);
    expect(chunks).to.deep.equal([]);
    expect(counts).to.deep.equal({ rows: 0, malformedRows: 0, malformedValues: 0, cutShort: false });
  });

  it('takes an empty line of one column for a row without a value', async () => {
    const one = { a: 'text' } as const;
    const { table } = await read('"x"\n\n""\n', { schema: one, quotesAreDoubled: false });
    tableEqual(table, tableOf(one, [['x'], [null], ['']]));
  });

  it('reads lines of megabytes', async () => {
    const long = 'x'.repeat(3_000_000);
    const cuts = Array.from({ length: 60 }, (_, i) => i * 50_000);
    const { table } = await read(`"1"\t"${long}"\t"1"\n"2"\t"y"\t"2"\n`, { ...options, cuts });
    expect(table.rowCount).to.equal(2);
    expect(table.column('a.text').get(0)).to.have.length(long.length);
  });

  it('keeps a line that was cut to itself, though it would be a whole row', async () => {
    const { table, counts } = await read('"1"\t"a"\t"1"\n"2"\t"b"\t"2"', options);
    expect(table.rowCount).to.equal(1);
    expect(counts.cutShort).to.equal(true);
  });

  it('hands over chunks of at least the size that is asked for, but for the last, and not of everything', async () => {
    const lines = Array.from({ length: 50_000 }, (_, i) => `"${i}"\t"x"\t"1"\n`).join('');
    const cuts = Array.from({ length: lines.length / 1000 }, (_, i) => i * 1000);
    const { chunks } = await read(lines, { ...options, cuts, chunkRows: 10_000 });
    const sizes = chunks.map(({ rowCount }) => rowCount);
    expect(sizes.length).to.be.greaterThan(2);
    for (const size of sizes.slice(0, -1)) expect(size).to.be.within(10_000, 20_000);
    expect(sizes.reduce((sum, size) => sum + size)).to.equal(50_000);
  });
});

describe('the stream that rows are read from', () => {
  const pieceRows = 10_000;
  const piece = Buffer.from('"1"\t"x"\t"1"\n'.repeat(pieceRows));

  /** A source without end that counts how many pieces were taken from it. */
  function countingSource() {
    const taken = { pieces: 0, closed: false };
    async function* pieces() {
      try {
        for (;;) {
          await Promise.resolve();
          taken.pieces += 1;
          yield piece;
        }
      } finally {
        taken.closed = true;
      }
    }
    return { taken, pieces };
  }

  it('waits for a slow reader', async () => {
    const { taken, pieces } = countingSource();
    const chunks = new RowReader({ ...options, chunkRows: 2 * pieceRows }).read(pieces());
    expect(taken.pieces).to.equal(0);
    await chunks.next();
    expect(taken.pieces).to.be.within(2, 3);
    await chunks.next();
    expect(taken.pieces).to.be.within(4, 5);
    await chunks.return();
  });

  it('is closed where the reader breaks off', async () => {
    const { taken, pieces } = countingSource();
    for await (const chunk of new RowReader({ ...options, chunkRows: pieceRows }).read(pieces())) {
      expect(chunk.rowCount).to.equal(pieceRows);
      break;
    }
    expect(taken.closed).to.equal(true);
    expect(taken.pieces).to.be.within(1, 2);
  });

  it('is destroyed where the reader breaks off, when it is one of Node', async () => {
    const { pieces } = countingSource();
    const stream = Readable.from(pieces());
    for await (const chunk of new RowReader({ ...options, chunkRows: pieceRows }).read(stream)) {
      expect(chunk.rowCount).to.equal(pieceRows);
      break;
    }
    expect(stream.destroyed).to.equal(true);
  });

  it('fails after the rows before its failure', async () => {
    const failure = new Error('the pipe broke');
    async function* failing() {
      await Promise.resolve();
      yield piece;
      yield piece;
      throw failure;
    }
    const reader = new RowReader(options);
    let rows = 0;
    const caught = await (async () => {
      for await (const chunk of reader.read(failing())) rows += chunk.rowCount;
    })().catch((error: unknown) => error);
    expect(caught).to.equal(failure);
    expect(rows).to.equal(2 * pieceRows);
    expect(reader.counts.rows).to.equal(rows);
  });
});
