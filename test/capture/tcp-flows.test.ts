import { closeSync, openSync } from 'node:fs';
import { expect } from 'chai';
import fc from 'fast-check';
import { addressBytes } from '../../src/capture/address-bytes.ts';
import { ipv6Text } from '../../src/capture/address-text.ts';
import { flowOf } from '../../src/capture/flow-class.ts';
import { hasConnection } from '../../src/capture/flow-search.ts';
import { FlowSet } from '../../src/capture/flow-set.ts';
import { walkStep } from '../../src/capture/packet-walk.ts';
import { connectionKey, endFields, TcpFlows, type Connections } from '../../src/capture/tcp-flows.ts';
import { walkOver } from '../../src/capture/walk-over.ts';
import { fromRows } from '../../src/table/from-rows.ts';
import { occurrenceSeparator } from '../../src/tshark/arguments.ts';
import { plainFields } from '../analysis/plain-fields.ts';
import { fixture } from './fixtures.ts';

const schema = Object.fromEntries(endFields.map((field) => [field, 'text' as const]));

type Row = Partial<Record<(typeof endFields)[number], string | undefined>>;

function flowsOf(rows: readonly Row[]): TcpFlows {
  const flows = new TcpFlows();
  flows.add(fromRows(schema, rows));
  return flows;
}

/** What tshark prints of the packets with TCP. */
async function printed(capture: string): Promise<Row[]> {
  const rows = await plainFields(fixture(capture), 'tcp', endFields);
  return rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).flatMap(([field, values]) =>
        values.length === 0 ? [] : [[field, values.join(occurrenceSeparator)]],
      ),
    ),
  );
}

/** The flows that a capture's packets tell by themselves. */
function toldBy(capture: string): number[] {
  const flows: number[] = [];
  const file = openSync(fixture(capture), 'r');
  const walk = walkOver(file);
  for (let step = walk.step(); step !== walkStep.starved || walk.readMore(); step = walk.step())
    if (step === walkStep.packet) flows.push(flowOf(walk.bytes, walk.dataAt, walk.dataEnd, walk.linkType));
  closeSync(file);
  return flows.filter((flow) => flow >= 0);
}

describe('the connections of what tshark prints', () => {
  for (const capture of ['ipv4.pcap', 'ipv6.pcap', 'icmp-error.pcap', 'impairments.pcap', 'raw-ip.pcap'])
    it(`are the flows of the packets: ${capture}`, async () => {
      const told = toldBy(capture);
      expect(told).to.have.length.above(0);
      const rows = await printed(capture);
      for (const flow of told) expect(flowsOf(rows).among(Uint32Array.of(flow)).size).to.equal(1);
      expect(flowsOf(rows).isUncertain).to.equal(false);
      expect(flowsOf(rows).among(Uint32Array.from(told, (flow) => flow ^ 1)).size).to.equal(0);
    });

  it('have the ends of the layer that carries them', async () => {
    // The same conversation, in a tunnel between others.
    const flows = flowsOf(await printed('vxlan.pcap'));
    expect(flows.isUncertain).to.equal(false);
    expect(flows.among(Uint32Array.from(toldBy('ipv4.pcap'))).size).to.equal(1);
  });

  it('are looked for by all that is theirs, and not by a number only', async () => {
    const told = Uint32Array.from(toldBy('ipv4.pcap'));
    const own = flowsOf(await printed('vxlan.pcap')).among(told);
    const search = (connections: Connections) =>
      hasConnection(fixture('ipv4.pcap'), connections, undefined, new AbortController().signal);
    expect(await search(own)).to.equal(true);
    const one = Uint8Array.of(192, 0, 2, 1, 0, 80);
    const alike = new Map([...own.keys()].map((flow) => [flow, new Set([connectionKey(one, one)])]));
    expect(await search(alike)).to.equal(false);
    expect(await search(new Map())).to.equal(false);
    const quoted = new Map(toldBy('icmp-error.pcap').map((flow) => [flow, new Set<string>()]));
    expect(
      await hasConnection(fixture('icmp-error.pcap'), quoted, undefined, new AbortController().signal),
    ).to.equal(true);
  });

  const plain: Row = {
    'frame.protocols': 'eth:ethertype:ipv6:tcp',
    'ipv6.src': '2001:db8::1',
    'ipv6.dst': '2001:db8::2',
    'tcp.srcport': '1',
    'tcp.dstport': '2',
  };
  const uncertain: Record<string, Row> = {
    'without a port': { ...plain, 'tcp.dstport': undefined },
    'with two ports': { ...plain, 'tcp.srcport': `1${occurrenceSeparator}2` },
    'without an address': { ...plain, 'ipv6.src': undefined },
    'without a layer that carries them': { ...plain, 'frame.protocols': 'eth:ethertype:tcp' },
    'with a route': { ...plain, 'frame.protocols': 'eth:ethertype:ipv6:ipv6.routing:tcp' },
    'with a home address': { ...plain, 'ipv6.opt.mipv6.home_address': '2001:db8::3' },
  };
  for (const [what, row] of Object.entries(uncertain))
    it(`are uncertain ${what}`, () => {
      expect(flowsOf([plain]).isUncertain).to.equal(false);
      expect(flowsOf([plain, row]).isUncertain).to.equal(true);
    });
});

describe('the bytes of an address', () => {
  it('are those that its text was made of', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => {
        const text = ipv6Text(bytes, 0);
        if (text !== null) expect(addressBytes(text)).to.deep.equal(bytes);
      }),
    );
    expect(addressBytes('::ffff:192.0.2.1')).to.deep.equal(
      Uint8Array.of(...Array<number>(10).fill(0), 0xff, 0xff, 192, 0, 2, 1),
    );
    expect(addressBytes('::')).to.deep.equal(new Uint8Array(16));
    expect(addressBytes('192.0.2.255')).to.deep.equal(Uint8Array.of(192, 0, 2, 255));
    expect(addressBytes('host.example')).to.equal(null);
  });
});

describe('a set of flows', () => {
  it('holds each once', () => {
    const numbers = fc.array(fc.oneof(fc.integer({ min: 0, max: 20 }), fc.nat({ max: 0xffff_ffff })), {
      maxLength: 5000,
      size: 'max',
    });
    fc.assert(
      fc.property(numbers, (flows) => {
        const set = new FlowSet();
        for (const flow of flows) set.add(flow);
        expect([...set.toArray()].sort((a, b) => a - b)).to.deep.equal(
          [...new Set(flows)].sort((a, b) => a - b),
        );
      }),
      { numRuns: 20 },
    );
  });
});
