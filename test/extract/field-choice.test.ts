import { expect } from 'chai';
import { RttsharkError } from '../../src/errors.ts';
import { parseFieldChoice } from '../../src/extract/field-choice.ts';

describe('parseFieldChoice', () => {
  for (const [text, expected] of [
    ['ip.src', 'ip.src'],
    ['tcp.*', 'tcp.*'],
    ['src=ip.src', { field: 'ip.src', name: 'src' }],
    ['Source IP = ip.src ', { field: 'ip.src', name: 'Source IP' }],
  ] as const) {
    it(`reads "${text}"`, () => {
      expect(parseFieldChoice(text)).to.deep.equal(expected);
    });
  }

  for (const text of ['', ' ', '=', 'a=', '=ip.src']) {
    it(`refuses "${text}"`, () => {
      expect(() => parseFieldChoice(text))
        .to.throw(RttsharkError)
        .with.property('code', 'usage');
    });
  }
});
