import { expect } from 'chai';
import { fromRows } from '../../src/table/from-rows.ts';
import type { AnyTable } from '../../src/table/table.ts';
import { tableEqual } from '../support/table-equal.ts';

const table = fromRows({ a: 'float64', b: 'text' }, [{ a: 0, b: '' }]);

describe('tableEqual', () => {
  const different: [AnyTable, string][] = [
    [fromRows({ a: 'float64', b: 'text' }, [{ a: -0, b: '' }]), 'row 0, "a": -0, expected 0'],
    [fromRows({ a: 'float64', b: 'text' }, [{ a: NaN, b: '' }]), 'row 0, "a": NaN, expected 0'],
    [fromRows({ a: 'float64', b: 'text' }, [{ a: 0 }]), 'row 0, "b": null, expected ""'],
    [fromRows({ a: 'float64', b: 'text' }, []), '0 rows, expected 1'],
    [
      fromRows({ b: 'text', a: 'float64' }, []),
      'columns: "b" text, "a" float64, expected "a" float64, "b" text',
    ],
    [fromRows({ a: 'int32', b: 'text' }, []), 'columns: "a" int32, "b" text, expected "a" float64, "b" text'],
  ];
  for (const [other, words] of different) {
    it(`says "${words}"`, () => {
      expect(() => {
        tableEqual(other, table);
      }).to.throw(`The tables differ:\n  ${words}`);
    });
  }

  it('is silent about equal tables', () => {
    tableEqual(fromRows({ a: 'float64', b: 'text' }, [{ a: 0, b: '' }]), table);
  });
});
