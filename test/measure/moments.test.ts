import { expect } from 'chai';
import fc from 'fast-check';
import { Moments } from '../../src/measure/moments.ts';
import { sampleVariance } from '../../src/table/sample-variance.ts';

function momentsOf(values: readonly number[]) {
  const moments = new Moments();
  for (const value of values) moments.add(value);
  return moments;
}

function expectNear(found: number | null, expected: number | null, scale: number) {
  if (expected === null) expect(found).to.equal(null);
  else expect(Math.abs(found! - expected)).to.be.at.most(1e-12 * scale * scale);
}

const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }));
const scaleOf = (all: readonly number[]) => Math.max(1, ...all.map(Math.abs));

describe('moments', () => {
  it('give the variance that two passes give', () => {
    fc.assert(
      fc.property(values, (all) => {
        expectNear(momentsOf(all).variance, sampleVariance(all), scaleOf(all));
      }),
    );
  });

  it('are the same joined as carried on', () => {
    fc.assert(
      fc.property(fc.array(values), (parts) => {
        const joined = new Moments();
        for (const part of parts) joined.addAll(momentsOf(part));
        const all = parts.flat();
        expectNear(joined.variance, sampleVariance(all), scaleOf(all));
      }),
    );
  });

  it('lose nothing where values are large beside their spread', () => {
    const around = (i: number) => 1e9 + (i % 3) * 0.25;
    const all = Array.from({ length: 300_000 }, (_, i) => around(i));
    expect(momentsOf(all).variance! / sampleVariance(all)!).to.be.closeTo(1, 1e-6);
  });
});
