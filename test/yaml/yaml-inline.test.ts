import { expect } from 'chai';
import fc from 'fast-check';
import { parse } from 'yaml';
import { yamlInline } from '../../src/yaml/yaml-inline.ts';

describe('yamlInline', () => {
  it('writes what is read again as it was, on one line', () => {
    const values = fc.oneof(fc.string({ unit: 'binary' }), fc.boolean(), fc.array(fc.string()));
    fc.assert(
      fc.property(values, (value) => {
        const text = yamlInline(value);
        expect(text).not.to.contain('\n');
        expect(parse(`- ${text} # end`)).to.deep.equal([value]);
      }),
    );
  });
});
