import { createReadStream } from 'node:fs';
import { expect } from 'chai';
import { fileCapture, pipeCapture } from '../../src/packets/captures-by-kind.ts';
import { fixture } from '../support/run-command.ts';

/** With several IP layers, fields without a value, and absolute times. */
const fields = ['frame.number', 'frame.time', 'ip.src', 'ip.ttl', 'tcp.len'];

describe('what is read while it is captured', () => {
  const zone = process.env['TZ'];

  afterEach(() => {
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
  });

  for (const name of ['ipv4-in-ipv4.pcap', 'vxlan.pcap']) {
    for (const occurrence of ['first', 'last', 'all'] as const) {
      it(`has the values of ${name} as a file has them, of occurrences: ${occurrence}`, async () => {
        process.env['TZ'] = 'Asia/Tokyo';
        const read = await fileCapture(fixture(name), { fields, occurrence }).toTable();
        const stream = createReadStream(fixture(name));
        const live = await pipeCapture(stream, { fields, occurrence }).toTable();
        expect(read.rowCount).to.be.greaterThan(0);
        expect(live.toObjects()).to.deep.equal(read.toObjects());
      });
    }
  }
});
