import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { expect } from 'chai';
import type { AnyTable } from '../../src/table/table.ts';

/**
 * A pandas that answers one question after the other: what some Python gives for some tables.
 *
 * Values travel as text with their kind before them, so that no 64-bit integer becomes a double on its way.
 */
const program = `
import json, sys
import numpy as np, pandas as pd
dtypes = {'float64': 'float64', 'int32': 'Int32', 'uint32': 'UInt32', 'int64': 'Int64', 'uint64': 'UInt64',
          'text': 'object', 'boolean': 'boolean', 'time': 'datetime64[ns]',
          'duration': 'timedelta64[ns]', 'bytes': 'object', 'list<int32>': 'object'}
def series(type, cells):
    if type == 'time':
        return pd.Series([pd.NaT if c is None else pd.Timestamp(int(c)) for c in cells], dtype=dtypes[type])
    if type == 'duration':
        return pd.Series([pd.NaT if c is None else pd.Timedelta(int(c), 'ns') for c in cells], dtype=dtypes[type])
    read = {'float64': float, 'bytes': bytes.fromhex, 'list<int32>': lambda c: tuple(json.loads(c)), 'text': str, 'boolean': lambda c: c == 'true'}.get(type, int)
    empty = np.nan if type == 'float64' else None if dtypes[type] == 'object' else pd.NA
    return pd.Series([empty if c is None else read(c) for c in cells], dtype=dtypes[type])
def frame(table):
    return pd.DataFrame({name: series(type, cells) for name, type, cells in table})
def cell(value):
    if value is None or value is pd.NaT or value is pd.NA: return None
    if isinstance(value, (bool, np.bool_)): return 'b' + str(bool(value)).lower()
    if isinstance(value, (int, np.integer)): return 'i' + str(int(value))
    if isinstance(value, (float, np.floating)): return None if value != value else 'f' + repr(float(value))
    if isinstance(value, (pd.Timestamp, pd.Timedelta)): return 't' + str(value.value)
    if isinstance(value, bytes): return 's' + value.hex()
    if isinstance(value, tuple): return 's' + json.dumps(value, separators=(',', ':'))
    return 's' + str(value)
for line in sys.stdin:
    question = json.loads(line)
    scope = {'pd': pd, 'np': np, **{name: frame(table) for name, table in question['tables'].items()}}
    try:
        exec(question['code'], scope)
        result = scope['result']
        answer = {'names': [str(name) for name in result.columns],
                  'columns': [[cell(value) for value in result.iloc[:, at].tolist()] for at in range(result.shape[1])]}
    except Exception as error:
        answer = {'error': repr(error)}
    print(json.dumps(answer), flush=True)
`;

/** What pandas answered; 64-bit integers and times as bigint. */
export interface PandasTable {
  readonly names: readonly string[];
  readonly columns: readonly (readonly unknown[])[];
}

type Answer =
  { readonly error: string } | { readonly names: string[]; readonly columns: (string | null)[][] };

export class Pandas {
  readonly #python = spawn('/usr/bin/python3', ['-W', 'ignore', '-c', program], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  readonly #lines = createInterface({ input: this.#python.stdout })[Symbol.asyncIterator]();

  /** Runs the code, in which the tables are data frames by their names, and gives what it calls `result`. */
  async ask(code: string, tables: Readonly<Record<string, AnyTable>>): Promise<PandasTable> {
    const sent = Object.entries(tables).map(([name, table]) => [name, columnsOf(table)]);
    this.#python.stdin.write(`${JSON.stringify({ code, tables: Object.fromEntries(sent) as unknown })}\n`);
    const line: IteratorResult<string, unknown> = await this.#lines.next();
    if (line.done === true) throw new Error('pandas is gone.');
    const answer = JSON.parse(line.value) as Answer;
    if ('error' in answer) throw new Error(answer.error);
    return { names: answer.names, columns: answer.columns.map((cells) => cells.map(valueOf)) };
  }

  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.#python.once('close', resolve));
    this.#python.stdin.end();
    await closed;
  }
}

function columnsOf(table: AnyTable): unknown[] {
  return table.columnNames.map((name) => {
    const column = table.column(name);
    return [name, column.type, column.toArray().map((value) => (value === null ? null : textOf(value)))];
  });
}

/** Bytes as hex digits, lists as JSON: what both sides compare. */
function textOf(value: unknown): string {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  return Array.isArray(value) ? JSON.stringify(value) : String(value);
}

function valueOf(cell: string | null): unknown {
  if (cell === null) return null;
  const text = cell.slice(1);
  switch (cell[0]) {
    case 'b':
      return text === 'true';
    case 'i':
    case 't':
      return BigInt(text);
    case 'f':
      return text.endsWith('inf') ? (text.startsWith('-') ? -Infinity : Infinity) : Number(text);
    default:
      return text;
  }
}

/** Throws unless both hold the same; floats to 1e-9, for pandas adds them in another order. */
export function expectSameAsPandas(ours: AnyTable, theirs: PandasTable): void {
  expect(ours.columnNames).to.deep.equal(theirs.names);
  for (const [at, name] of ours.columnNames.entries()) {
    const should = theirs.columns[at] ?? [];
    const is = ours.column(name).toArray();
    const where = `column "${name}": ${is.map(String).join()} and pandas ${should.map(String).join()}`;
    expect(is.length, where).to.equal(should.length);
    for (const [row, value] of is.entries()) {
      if (!same(value, should[row])) throw new Error(`row ${row} of ${where}`);
    }
  }
}

function same(value: unknown, should: unknown): boolean {
  if (typeof value === 'number' && (typeof should === 'number' || typeof should === 'bigint')) {
    const other = Number(should);
    return Object.is(value, other) || Math.abs(value - other) <= 1e-9 * Math.max(1, Math.abs(other));
  }
  if (typeof value === 'bigint' && typeof should === 'number') return Number(value) === should;
  return typeof value === 'object' && value !== null ? textOf(value) === should : value === should;
}
