import { expect } from 'chai';
import { LiveWarnings } from '../../src/live/live-warnings.ts';
import type { LiveStatus } from '../../src/measure/live-status.ts';
import { freshStatus, knownStatus } from '../metrics/live-status.ts';

function dropping(kernel: number): LiveStatus {
  const [source] = knownStatus.sources;
  const dropped = { kernel, program: 0, interface: 0 };
  return { ...freshStatus, samplesInOther: 0, sources: [{ ...source!, dropped }] };
}

const calm = dropping(0);

describe('live: warnings', () => {
  it('are none where all is well', () => {
    expect(new LiveWarnings().of(calm)).to.deep.equal([]);
  });

  it('tell of drops that are new, and of what to do', () => {
    const warnings = new LiveWarnings();
    const [first] = warnings.of(dropping(1));
    expect(first).to.deep.include({ level: 'warn', fields: { packets: 1, total: 1 } });
    expect(first?.message).to.match(/^1 packet was dropped: .*--sample.*-B/);
    expect(warnings.of(dropping(1))).to.deep.equal([]);
    const [more] = warnings.of(dropping(41));
    expect(more?.fields).to.deep.equal({ packets: 40, total: 41 });
    expect(more?.message).to.match(/^40 packets were dropped/);
  });

  it('tell once of too many groups', () => {
    const warnings = new LiveWarnings();
    const status = { ...calm, samplesInOther: 3, maxGroups: 5 };
    expect(warnings.of(status).map(({ event }) => event)).to.deep.equal(['too_many_groups']);
    expect(warnings.of({ ...status, samplesInOther: 4 })).to.deep.equal([]);
  });
});
