import { execFileSync } from 'node:child_process';
import { closeSync, openSync, readdirSync } from 'node:fs';
import { expect } from 'chai';
import { flowClass, flowOf } from '../../src/capture/flow-class.ts';
import { OddCapture, walkStep } from '../../src/capture/packet-walk.ts';
import { walkOver } from '../../src/capture/walk-over.ts';
import { fixture } from './fixtures.ts';

/** The flow of each packet; null where the file is not walked over. */
function flowsOf(capture: string): number[] | null {
  const file = openSync(capture, 'r');
  const flows: number[] = [];
  try {
    const walk = walkOver(file);
    for (;;) {
      const step = walk.step();
      if (step === walkStep.packet) flows.push(flowOf(walk.bytes, walk.dataAt, walk.dataEnd, walk.linkType));
      if (step === walkStep.starved && !walk.readMore()) return flows;
    }
  } catch (error) {
    if (error instanceof OddCapture) return null;
    throw error;
  } finally {
    closeSync(file);
  }
}

/** The TCP connection that tshark puts each packet in, the innermost one; empty where it sees no TCP. */
function streamsOf(capture: string): string[] {
  const args = ['-n', '-r', capture, '-T', 'fields', '-e', 'tcp.stream'];
  const printed = execFileSync('tshark', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  return printed
    .split('\n')
    .slice(0, -1)
    .map((streams) => streams.split(',').at(-1) ?? '');
}

const captures = readdirSync(fixture('')).filter(
  (name) => /\.pcap(?:ng)?$/.test(name) && !/^(?:cut|bad|empty|plain)/.test(name),
);

/** Those in which every packet with TCP belongs to a flow that can be told. */
const plain =
  /^(?:demo|ipv[46]|vlan|qinq|ipv6-extension-headers|linux-cooked.*|bsd-loopback.*|raw-ip|icmp-error|big-endian.*)\.pcap$/;

describe('telling flows apart', () => {
  for (const name of captures) {
    it(`does it as tshark does: ${name}`, () => {
      const flows = flowsOf(fixture(name));
      if (flows === null) return;
      const streams = streamsOf(fixture(name));
      expect(flows.length).to.equal(streams.length);
      const flowOfStream = new Map<string, number>();
      flows.forEach((flow, i) => {
        const stream = streams[i] ?? '';
        if (flow === flowClass.idle) expect(stream, `packet ${i + 1}`).to.equal('');
        if (flow < 0 && stream !== '') expect(name, `packet ${i + 1}`).not.to.match(plain);
        if (flow < 0) return;
        expect(stream, `packet ${i + 1}`).not.to.equal('');
        expect(flow, `packet ${i + 1}`).to.equal(flowOfStream.get(stream) ?? flow);
        flowOfStream.set(stream, flow);
      });
    });
  }

  it('takes fragments of TCP segments for what they are', () => {
    for (const name of ['ipv4-fragments.pcap', 'ipv6-fragments.pcap'])
      expect(flowsOf(fixture(name))).to.include(flowClass.fragment);
  });
});
