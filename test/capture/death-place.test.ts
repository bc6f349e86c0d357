import { expect } from 'chai';
import { DeathPlace, type Death } from '../../src/capture/death-place.ts';

const crash: Death = { owed: 7, ranForMs: 100, hung: false, signal: 'SIGSEGV' };

/** Which of these deaths are taken for those of a packet. */
function deadly(deaths: readonly Death[]): boolean[] {
  const place = new DeathPlace();
  return deaths.map((death) => place.died(death));
}

describe('the place where tsharks die', () => {
  it('is deadly from the fourth death on', () => {
    expect(deadly([crash, crash, crash, crash])).to.deep.equal([false, false, false, true]);
    const exits = { ...crash, signal: null };
    expect(deadly([exits, exits, exits, exits]).at(-1)).to.equal(true);
  });

  it('is another one where there was a row between', () => {
    const later = { ...crash, owed: 8 };
    expect(deadly([crash, crash, crash, later, later, later])).not.to.include(true);
    expect(deadly([crash, crash, crash, later, crash])).not.to.include(true);
  });

  it('is not deadly where they run for long before they die, but where they hang for long', () => {
    const late = { ...crash, ranForMs: 40_000 };
    expect(deadly([late, late, late, late, late])).not.to.include(true);
    const hung = { ...late, hung: true, signal: 'SIGKILL' };
    expect(deadly([hung, hung, hung, hung]).at(-1)).to.equal(true);
  });

  it('takes more deaths by a hand from outside', () => {
    const killed = Array.from({ length: 14 }, () => ({ ...crash, signal: 'SIGKILL' }));
    expect(deadly(killed).indexOf(true)).to.equal(12);
  });
});
