import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect } from 'chai';
import {
  count,
  distinctCount,
  first,
  last,
  max,
  mean,
  median,
  min,
  quantile,
  stddev,
  sum,
  variance,
} from '../../src/table/aggregates.ts';
import { fromRows } from '../../src/table/from-rows.ts';

const program = `
import json, sys
import pandas as pd
frame = pd.DataFrame(json.load(sys.stdin))
groups = frame.groupby(['src', 'port'], sort=False, dropna=False)
x = groups['x']
result = pd.DataFrame({
    'rows': groups.size(), 'n': x.count(), 'sum': x.sum(), 'mean': x.mean(), 'stddev': x.std(),
    'variance': x.var(), 'min': x.min(), 'max': x.max(), 'first': x.first(), 'last': x.last(),
    'median': x.median(), 'q00': x.quantile(0), 'q25': x.quantile(0.25), 'q90': x.quantile(0.9),
    'q95': x.quantile(0.95), 'q99': x.quantile(0.99), 'q100': x.quantile(1),
    'distinct': x.nunique(), 'texts': groups['text'].nunique(), 'total': groups['i'].sum(),
    'middle': groups['i'].median(),
}).reset_index()
result = result.astype(object).where(result.notna(), None)
json.dump({'version': pd.__version__, 'rows': result.to_dict('records')}, sys.stdout)
`;

interface Answer {
  version: string;
  rows: Record<string, unknown>[];
}

/** What pandas makes of the same rows. Where there is no pandas, this fails. */
async function askPandas(rows: unknown): Promise<Answer> {
  const running = promisify(execFile)('/usr/bin/python3', ['-c', program], { maxBuffer: 2 ** 28 });
  running.child.stdin?.end(JSON.stringify(rows));
  return JSON.parse((await running).stdout) as Answer;
}

/** Numbers from 0 to below 1, always the same (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const schema = { src: 'text', port: 'int32', x: 'float64', i: 'int32', text: 'text' } as const;

function makeRows(rowCount: number, groupCount: number) {
  const random = randomNumbers(rowCount);
  const orNull = <V>(value: V): V | null => (random() < 0.1 ? null : value);
  return Array.from({ length: rowCount }, () => {
    const host = Math.floor(random() * groupCount);
    return {
      src: orNull(`10.0.0.${host}`),
      port: orNull(host % 3),
      x: orNull(0.0005 * Math.exp(3 * random())),
      i: Math.floor(random() * 1000) - 500,
      text: orNull(String(Math.floor(random() * 9))),
    };
  });
}

describe('group-by against pandas', () => {
  for (const [rowCount, groupCount] of [
    [50, 30],
    [20_000, 40],
    [6000, 800],
  ] as const) {
    it(`gives what pandas gives for ${rowCount} rows of up to ${groupCount} hosts`, async () => {
      const rows = makeRows(rowCount, groupCount);
      const ours = fromRows(schema, rows)
        .groupBy('src', 'port')
        .aggregate({
          rows: count(),
          n: count('x'),
          sum: sum('x'),
          mean: mean('x'),
          stddev: stddev('x'),
          variance: variance('x'),
          min: min('x'),
          max: max('x'),
          first: first('x'),
          last: last('x'),
          median: median('x'),
          q00: quantile('x', 0),
          q25: quantile('x', 0.25),
          q90: quantile('x', 0.9),
          q95: quantile('x', 0.95),
          q99: quantile('x', 0.99),
          q100: quantile('x', 1),
          distinct: distinctCount('x'),
          texts: distinctCount('text'),
          total: sum('i'),
          middle: median('i'),
        });
      const theirs = await askPandas(rows);
      expect(theirs.version).to.match(/^\d/);
      expect(ours.rowCount).to.equal(theirs.rows.length);
      for (const [index, row] of [...ours.rows()].entries()) {
        const reference = theirs.rows[index] ?? {};
        expect(Object.keys(row)).to.have.members(Object.keys(reference));
        for (const [name, value] of Object.entries(row)) {
          const should = reference[name];
          const where = `"${name}" of group ${index}`;
          if (typeof value === 'number' && typeof should === 'number') {
            expect(value, where).to.be.closeTo(should, 1e-12 * Math.abs(should));
          } else expect(value, where).to.equal(should);
        }
      }
    });
  }
});
