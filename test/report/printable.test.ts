import { expect } from 'chai';
import { printable } from '../../src/report/printable.ts';

describe('report/printable', () => {
  const cases: [text: string, unicode: string, ascii: string][] = [
    ['', '', ''],
    ['10.0.0.1', '10.0.0.1', '10.0.0.1'],
    ['a\tb\n', 'a\\x09b\\x0a', 'a\\x09b\\x0a'],
    ['\u001b[2J\u009b', '\\x1b[2J\\x9b', '\\x1b[2J\\x9b'],
    ['\u202etxt', '\\u{202e}txt', '\\u{202e}txt'],
    ['\u2028\ud800', '\\u{2028}\\u{d800}', '\\u{2028}\\u{d800}'],
    ['é漢😀', 'é漢😀', '\\xe9\\u{6f22}\\u{1f600}'],
  ];
  for (const [text, unicode, ascii] of cases) {
    it(`writes ${JSON.stringify(text)}`, () => {
      expect(printable(text, true)).to.equal(unicode);
      expect(printable(text, false)).to.equal(ascii);
    });
  }
});
