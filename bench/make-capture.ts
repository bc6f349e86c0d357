/**
 * Writes a large capture of TCP connections, the same for the same arguments:
 *
 *     npx tsx bench/make-capture.ts OUT.pcap [--packets 600000] [--flows 64] [--seed 1]
 */
import { closeSync, openSync, writeSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { linkType } from '../fixtures/pcap/frame.ts';
import { pcapHeader } from '../fixtures/pcap/pcap-file.ts';
import { bulkRecords } from './bulk-flows.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    packets: { type: 'string', default: '600000' },
    flows: { type: 'string', default: '64' },
    seed: { type: 'string', default: '1' },
  },
});
const [out] = positionals;
const [packets, flows, seed] = [Number(values.packets), Number(values.flows), Number(values.seed)];
if (
  out === undefined ||
  ![packets, flows].every((count) => count > 0) ||
  ![packets, flows, seed].every(Number.isInteger)
) {
  console.error('usage: make-capture.ts OUT.pcap [--packets 600000] [--flows 64] [--seed 1]');
  process.exit(2);
}

const started = performance.now();
const snapLength = 96;
const file = openSync(out, 'w');
writeSync(file, pcapHeader({ linkType: linkType.ethernet, snapLength }));
for (const chunk of bulkRecords({ packets, flows, seed, snapLength })) writeSync(file, chunk);
closeSync(file);
console.error(`${out}: ${packets} packets in ${((performance.now() - started) / 1000).toFixed(1)} s`);
