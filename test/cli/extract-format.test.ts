import { expect } from 'chai';
import { extractFormat } from '../../src/cli/extract-flags.ts';
import { RttsharkError } from '../../src/errors.ts';
import { formatOfFile, knownExtensions } from '../../src/extract/table-formats.ts';

const terminal = { isTerminal: true };
const pipe = { isTerminal: false };

describe('the form of what is extracted', () => {
  for (const [what, flags, stdout, expected] of [
    ['a table on a terminal', {}, terminal, 'table'],
    ['CSV elsewhere', {}, pipe, 'csv'],
    ['what was asked for', { format: 'parquet' }, pipe, 'parquet'],
    ['text on a terminal', { format: 'jsonl' }, terminal, 'jsonl'],
    ['what a file is called', { output: 'a.arrows' }, terminal, 'arrow-stream'],
    ['what was asked for, whatever the file is called', { output: 'a.csv', format: 'jsonl' }, pipe, 'jsonl'],
    ['bytes into a file, also from a terminal', { output: 'x', format: 'arrow' }, terminal, 'arrow'],
  ] as const) {
    it(`is ${what}`, () => {
      expect(extractFormat({ format: undefined, output: undefined, ...flags }, stdout)).to.equal(expected);
    });
  }

  for (const format of ['arrow', 'arrow-stream', 'parquet'] as const) {
    it(`is not ${format} on a terminal`, () => {
      expect(() => extractFormat({ format, output: undefined }, terminal))
        .to.throw(RttsharkError, `A terminal cannot show "${format}"`)
        .with.property('code', 'usage');
    });
  }

  it('is told by the extension alone, in upper and lower case', () => {
    expect(formatOfFile('a.csv/b.PARQUET')).to.equal('parquet');
    expect(['csv', '.csv', 'a.csv.gz', 'a.constructor'].map(formatOfFile)).to.deep.equal(
      Array(4).fill(undefined),
    );
    expect(knownExtensions.every((extension) => formatOfFile(`a${extension}`) !== undefined)).to.equal(true);
  });
});
