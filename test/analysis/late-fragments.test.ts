import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { analyze } from '../../src/analysis/analyze.ts';
import { busyCapture } from '../capture/busy-capture.ts';
import { fixture } from '../capture/fixtures.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('a capture with fragments that its beginning does not tell of', () => {
  const file = temporaryFolder();

  it('is read again with them kept apart', async () => {
    const busy = file('busy.pcap');
    writeFileSync(busy, busyCapture({ seed: 11, connections: 60, steps: 150 }));
    const input = file('late.pcapng');
    execFileSync('mergecap', ['-a', '-w', input, busy, fixture('ipv4-fragments.pcap')], { stdio: 'ignore' });
    const shards: (readonly [number, string | null])[] = [];
    const onShards = (told: { shards: number; reason: string | null }) =>
      shards.push([told.shards, told.reason]);
    const analysis = await analyze({ inputs: [input], shards: 2, onShards });
    // Twice as shards, and never by one.
    expect(shards).to.deep.equal([
      [2, null],
      [2, null],
    ]);
    const { measurements } = await analyze({ inputs: [input], shards: 1, profile: 'full' });
    expect(analysis.measurements).to.deep.equal(measurements);
    expect(measurements[0].groups).to.have.length.above(10);
  });
});
