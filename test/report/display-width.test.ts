import { expect } from 'chai';
import fc from 'fast-check';
import stringWidth from 'string-width';
import { displayWidth, padEnd, padStart, shortenEnd, shortenMiddle } from '../../src/report/display-width.ts';

describe('report/display-width', () => {
  it('counts the cells of a terminal', () => {
    expect(displayWidth('10.0.0.1')).to.equal(8);
    expect(displayWidth('漢字 µs')).to.equal(7);
    expect(padEnd('漢', 4) + '|').to.equal('漢  |');
    expect(padStart('漢', 4)).to.equal('  漢');
    expect(padStart('long', 2)).to.equal('long');
  });

  it('takes no shortcut that changes the width', () => {
    const drawn = '\u00b5–…─▁▂▃▄▅▆▇█ ~';
    expect(displayWidth(drawn)).to.equal(stringWidth(drawn));
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...Array.from(drawn), '漢', 'e\u0301') }), (text) => {
        expect(displayWidth(text)).to.equal(stringWidth(text));
      }),
    );
  });

  const cases: [text: string, width: number, middle: string, end: string][] = [
    ['2001:db8::7334', 14, '2001:db8::7334', '2001:db8::7334'],
    ['2001:db8::7334', 9, '2001…7334', '2001:db8…'],
    ['2001:db8::7334', 8, '2001…334', '2001:db…'],
    ['2001:db8::7334', 2, '2…', '2…'],
    ['2001:db8::7334', 1, '…', '…'],
    ['漢字漢字漢字', 6, '漢…字', '漢字…'],
    ['a b c d', 5, 'a … d', 'a b…'],
  ];
  for (const [text, width, middle, end] of cases) {
    it(`shortens "${text}" to ${width}`, () => {
      expect(shortenMiddle(text, width, true)).to.equal(middle);
      expect(shortenEnd(text, width, true)).to.equal(end);
    });
  }

  it('writes two dots where there is no ellipsis', () => {
    expect(shortenMiddle('2001:db8::7334', 10, false)).to.equal('2001..7334');
    expect(shortenEnd('2001:db8::7334', 10, false)).to.equal('2001:db8..');
    expect(shortenEnd('2001:db8::7334', 1, false)).to.equal('.');
  });

  it('never is wider than asked', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.integer({ min: 1, max: 20 }),
        fc.boolean(),
        (text, width, unicode) => {
          expect(stringWidth(shortenMiddle(text, width, unicode))).to.be.at.most(width);
          expect(stringWidth(shortenEnd(text, width, unicode))).to.be.at.most(width);
        },
      ),
    );
  });
});
