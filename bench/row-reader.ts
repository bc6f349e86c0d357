/**
 * How fast rows are read: `npx tsx bench/row-reader.ts [--rows N] [--runs N]`. In CPU time of this process, so that what
 * else the machine does matters little; beside it csv-parse, which only cuts the same bytes into arrays of strings.
 */
import { parseArgs } from 'node:util';
import { parse } from 'csv-parse/sync';
import { RowReader } from '../src/capture/row-reader.ts';
import { cpuMs, median } from './cpu-time.ts';
import { pieces, printedRows, rowSchema } from './printed-rows.ts';

const { values } = parseArgs({
  options: { rows: { type: 'string', default: '300000' }, runs: { type: 'string', default: '5' } },
});
const rows = Number(values.rows);
const runs = Number(values.runs);

for (const extraction of ['fields', 'columns'] as const) {
  const bytes = printedRows(rows, extraction);
  const read = async () => {
    const reader = new RowReader({ schema: rowSchema, quotesAreDoubled: false, extraction });
    let seen = 0;
    for await (const chunk of reader.read(pieces(bytes))) seen += chunk.rowCount;
    if (seen !== rows) throw new Error(`${seen} rows in place of ${rows}`);
  };
  const cut = () => {
    parse(bytes, { delimiter: '\t', record_delimiter: '\n', quote: null, relax_column_count: true });
  };
  console.log(line(`row reader, ${extraction}`, bytes.length, await times(read)));
  console.log(line(`csv-parse, arrays of ${extraction}`, bytes.length, await times(cut)));
}

async function times(run: () => unknown): Promise<number> {
  await run();
  const all: number[] = [];
  for (let i = 0; i < runs; i++) all.push(await cpuMs(run));
  return median(all);
}

function line(name: string, bytes: number, ms: number): string {
  const [rowsPerSecond, megabytes] = [rows / (ms / 1000), bytes / 1e6 / (ms / 1000)];
  return `${name.padEnd(30)} ${ms.toFixed(0).padStart(6)} ms ${Math.round(rowsPerSecond).toLocaleString('en').padStart(12)} rows/s ${megabytes.toFixed(0).padStart(6)} MB/s`;
}
