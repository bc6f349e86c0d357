import { expect } from 'chai';
import { rowValues } from '../../src/capture/row-values.ts';
import { TableBuilder } from '../../src/table/table-builder.ts';

type Row = readonly [rtt: number | null, dns: string | null];

function valuesOf(...rows: readonly Row[]) {
  const builder = new TableBuilder({ rtt: 'float64', dns: 'text', other: 'uint32' });
  rows.forEach(([rtt, dns], other) => {
    builder.appendRow({ rtt, dns, other });
  });
  return rowValues(builder.finish(), ['rtt', 'dns']);
}

describe('the values of rows', () => {
  it('are the same for the same values, wherever the rows stand in their tables', () => {
    const [a, b, c] = valuesOf([0.1, null], [null, '0.2'], [null, '0.3']);
    expect(valuesOf([null, '0.3'], [null, '0.2'], [0.1, null])).to.deep.equal([c, b, a]);
  });

  it('differ where any value does, or is there in one only', () => {
    const rows: Row[] = [
      [0.1, null],
      [0.1, ''],
      [0.1, '0.1'],
      [null, '0.1'],
      [null, null],
      [0.2, null],
    ];
    expect(new Set(valuesOf(...rows)).size).to.equal(rows.length);
  });
});
