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

  const rawIp = 101;
  const classOf = (bytes: Uint8Array) => flowOf(bytes, 0, bytes.length, rawIp);

  /** An IPv4 or IPv6 packet without addresses. */
  function packet(version: 4 | 6, protocol: number, payload: readonly number[]): Uint8Array {
    const bytes = new Uint8Array((version === 4 ? 20 : 40) + payload.length);
    bytes[0] = version === 4 ? 0x45 : 0x60;
    bytes[version === 4 ? 9 : 6] = protocol;
    bytes.set(payload, bytes.length - payload.length);
    return bytes;
  }

  it('looks for packets in PIM version 1, which tshark takes for one of the types of IGMP', () => {
    const igmp = (type: number) => classOf(packet(4, 2, [type, 1, 0, 0, 0x10, 0, 0, 0]));
    expect([0x11, 0x16, 0x22].map(igmp)).to.deep.equal([flowClass.idle, flowClass.idle, flowClass.idle]);
    expect(igmp(0x14)).to.equal(flowClass.rest);
    expect(classOf(packet(4, 2, []))).to.equal(flowClass.rest);
  });

  it('looks for packets that neighbours redirect', () => {
    const zeros = (length: number) => Array<number>(length).fill(0);
    const neighbour = (type: number, before: number, option: readonly number[]) =>
      classOf(packet(6, 58, [type, ...zeros(before - 1), ...option]));
    const linkAddress = [1, 1, 2, 0, 0, 0, 0, 1];
    const redirected = [4, 1, ...zeros(6)];
    for (const [type, before] of [
      [133, 8],
      [134, 16],
      [135, 24],
      [136, 24],
      [137, 40],
    ] as const) {
      expect(neighbour(type, before, []), `${type}`).to.equal(flowClass.idle);
      expect(neighbour(type, before, linkAddress), `${type}`).to.equal(flowClass.idle);
      expect(neighbour(type, before, [...linkAddress, ...redirected]), `${type}`).to.equal(flowClass.rest);
      expect(neighbour(type, before, [1, 0]), `${type}, no length`).to.equal(flowClass.rest);
      expect(neighbour(type, before, linkAddress.slice(0, 7)), `${type}, cut`).to.equal(flowClass.rest);
    }
  });
});
