import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { foretold, type ProgressSeries } from '../../bench/foretold.ts';
import { TimeLeft } from '../../src/cli/time-left.ts';
import { projectFolder } from '../support/run-command.ts';

const folder = path.join(projectFolder, 'fixtures/progress');

describe('the time left', () => {
  for (const name of readdirSync(folder)) {
    const series = JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as ProgressSeries;
    it(`is right within a fifth in the run ${name}`, () => {
      expect(series.endedMs, 'the run takes over ten seconds').to.be.above(10_000);
      const told = foretold(series);
      for (const { share, secondsLeft, actualSeconds } of told) {
        if (share < 0.1) continue;
        // In the last seconds, what is shown in whole seconds is right to the second.
        const allowed = Math.max(actualSeconds / 5, 0.5);
        expect(secondsLeft, `at ${share}`).to.be.closeTo(actualSeconds, allowed);
      }
      expect(told.filter(({ share }) => share >= 0.1).length).to.be.above(20);
    });
  }

  it('is exact at a steady rate, whatever time passes before the first byte', () => {
    const steady = fc.record({
      startMs: fc.integer({ min: 0, max: 30_000 }),
      totalMs: fc.integer({ min: 5_000, max: 10_000_000 }),
      ticks: fc.integer({ min: 12, max: 120 }),
    });
    fc.assert(
      fc.property(steady, ({ startMs, totalMs, ticks }) => {
        const timeLeft = new TimeLeft();
        for (let at = 0; at < startMs; at += 200) timeLeft.observe(at, 0);
        for (let tick = 0; tick < ticks; tick++) {
          const doneMs = (totalMs * tick) / ticks;
          timeLeft.observe(startMs + doneMs, tick / ticks);
          const seconds = timeLeft.seconds();
          if (seconds !== undefined)
            expect(seconds).to.be.closeTo((totalMs - doneMs) / 1000, totalMs / 1_000_000);
        }
        expect(timeLeft.seconds()).not.to.equal(undefined);
      }),
      { numRuns: 40 },
    );
  });

  it('follows a rate that changes, once half of the time is behind the change', () => {
    const timeLeft = new TimeLeft();
    // A tenth in ten seconds, then three tenths in each ten seconds: the rest takes 20 s.
    for (let at = 0; at < 10_000; at += 200) timeLeft.observe(at, at / 100_000);
    for (let at = 10_000; at <= 20_000; at += 200) timeLeft.observe(at, 0.1 + (at - 10_000) * 0.00003);
    expect(timeLeft.seconds()).to.be.closeTo(20, 0.5);
  });

  it('is not told before something has been seen, nor where nothing moves', () => {
    const timeLeft = new TimeLeft();
    expect(timeLeft.seconds()).to.equal(undefined);
    for (let at = 0; at < 20_000; at += 200) {
      timeLeft.observe(at, 0);
      expect(timeLeft.seconds()).to.equal(undefined);
    }
    timeLeft.observe(20_000, 0.5);
    expect(timeLeft.seconds()).to.equal(undefined);
    timeLeft.observe(21_000, 1);
    expect(timeLeft.seconds()).to.equal(0);
  });

  it('has the work in it that follows', () => {
    const timeLeft = new TimeLeft();
    for (let at = 0; at <= 5_000; at += 200) timeLeft.observe(at, at / 10_000);
    expect(timeLeft.seconds(3)).to.be.closeTo(8, 0.001);
    timeLeft.observe(10_000, 1);
    expect(timeLeft.seconds(3)).to.equal(3);
  });

  it('keeps few marks, however long the work takes', () => {
    const timeLeft = new TimeLeft();
    for (let tick = 0; tick < 200_000; tick++) timeLeft.observe(tick * 200, tick / 400_000);
    expect(timeLeft.seconds()).to.be.closeTo(40_000, 10);
    expect(timeLeft.markCount).to.be.below(500);
  });
});
