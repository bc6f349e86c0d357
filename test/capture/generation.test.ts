import { readdirSync, readlinkSync } from 'node:fs';
import { expect } from 'chai';
import { Generation } from '../../src/capture/generation.ts';
import { findTshark } from '../../src/tshark/find-tools.ts';
import { until } from '../support/deadline.ts';

/** Ends of pipes for tshark that this process holds: they have lost their names. */
function openPipes(): string[] {
  return readdirSync('/proc/self/fd')
    .map((descriptor) => {
      try {
        return readlinkSync(`/proc/self/fd/${descriptor}`);
      } catch {
        return '';
      }
    })
    .filter((path) => /\/pipe-\d+ \(deleted\)$/.test(path));
}

describe('one tshark of those that follow each other', () => {
  it('that was killed leaves no end of its pipe open, though nobody writes to it any more', async () => {
    const tshark = await findTshark(undefined);
    const request = { tshark, schema: { 'tcp.len': 'uint32' } } as const;
    const generation = await Generation.start(request);
    expect(openPipes()).to.have.lengthOf(1);
    process.kill(generation.pids()[0]!, 'SIGKILL');
    for await (const span of generation.rows()) expect(span).to.equal(undefined);
    expect((await generation.ended).signal).to.equal('SIGKILL');
    await until('its pipe is closed', () => (openPipes().length === 0 ? true : undefined));
  });
});
