import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { expect } from 'chai';
import { seconds } from '../../fixtures/pcap/durations.ts';
import { inTimeOrder, linkType, type Frame } from '../../fixtures/pcap/frame.ts';
import { pcapFile } from '../../fixtures/pcap/pcap-file.ts';
import { analyze } from '../../src/analysis/analyze.ts';
import { lookAtStart } from '../../src/capture/shard-plan.ts';
import { analysisDocument } from '../../src/report/analysis-document.ts';
import { jsonText } from '../../src/report/json.ts';
import { findTshark } from '../../src/tshark/find-tools.ts';
import { isAtLeast, type ToolVersion } from '../../src/tshark/version.ts';
import { busyFrames } from '../capture/busy-capture.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import {
  carriedClient,
  l2tpFrames,
  plainDatagrams,
  socksFrames,
  vxlanFrames,
  type SocksOptions,
} from './named-datagram-frames.ts';

interface Printed {
  readonly json: string;
  /** How many tsharks shared it, and why not more; again where it was read again. */
  readonly shards: readonly (readonly [number, string | null])[];
  /** Of the connection that the datagrams carry. */
  readonly carriedSamples: number;
}

interface Asked {
  readonly shards: number;
  readonly filter?: string;
  readonly tshark?: string;
}

/** By one of them as plainly as can be. */
async function printed(capture: string, { shards, ...others }: Asked): Promise<Printed> {
  const plainest = shards === 1 ? ({ profile: 'full', extraction: 'fields' } as const) : {};
  const by = ['src', 'dst', 'src_port', 'dst_port'] as const;
  const told: [number, string | null][] = [];
  const onShards = (each: { shards: number; reason: string | null }) =>
    void told.push([each.shards, each.reason]);
  const analysis = await analyze({ inputs: [capture], by, shards, onShards, ...plainest, ...others });
  const { inputs, measurements, problems } = analysis;
  const document = analysisDocument({ tsharkVersion: analysis.tshark.version, inputs, measurements });
  const carried = measurements[0].groups.filter(({ labels }) =>
    [labels['src'], labels['dst']].includes(carriedClient),
  );
  return {
    json: jsonText({ ...document, problems }),
    shards: told,
    carriedSamples: carried.reduce((sum, { statistics }) => sum + statistics.count, 0),
  };
}

const early = seconds(1_600_000_000);
const late = seconds(1_800_000_000);
const shared = [2, null] as const;
const byOne = [1, 'it has TCP connections that name the ends of datagrams'] as const;

describe('analysis: of datagrams whose ends other packets name', () => {
  const file = temporaryFolder();
  let small: Frame[];
  /** More than what is looked at first. */
  let large: Frame[];

  let version: ToolVersion;

  before(async () => {
    ({ version } = await findTshark());
    small = busyFrames({ seed: 12, connections: 10, steps: 20 });
    large = busyFrames({ seed: 13, connections: 60, steps: 150 });
  });

  function written(name: string, ...groups: readonly (readonly Frame[])[]): string {
    const path = file(`${name}.pcap`);
    writeFileSync(path, pcapFile(inTimeOrder(...groups), { linkType: linkType.ethernet, nanoseconds: true }));
    return path;
  }

  async function expectSame(capture: string, shards: Printed['shards'], filter?: string): Promise<void> {
    const asked = filter === undefined ? {} : { filter };
    const plainest = await printed(capture, { shards: 1, ...asked });
    const result = await printed(capture, { shards: 2, ...asked });
    expect(result.shards).to.deep.equal(shards);
    expect(result.json).to.equal(plainest.json);
    // From 4.6 on, tshark does not know an answer of L2TP that comes from another port.
    const isKnown = basename(capture).startsWith('l2tp') ? !isAtLeast(version, '4.6') : true;
    if (isKnown) expect(plainest.carriedSamples).to.be.above(10);
    else expect(plainest.carriedSamples).to.equal(0);
  }

  const again = [shared, shared];

  it('looks into all of them from the start where that tells of L2TP', async () => {
    const capture = written('l2tp-first', l2tpFrames(early), small);
    expect(lookAtStart(capture).namesDatagrams).to.equal(true);
    await expectSame(capture, [shared]);
  });

  it('looks into all of them when L2TP turns up later', async () => {
    const capture = written('l2tp-last', large, l2tpFrames(late));
    expect(lookAtStart(capture).namesDatagrams).to.equal(false);
    await expectSame(capture, again);
  });

  for (const tunnel of ['GRE', 'VXLAN'] as const)
    for (const [where, startNs] of [
      ['first', early],
      ['last', late],
    ] as const)
      it(`looks into all of them when L2TP turns up in ${tunnel}: ${where}`, async () => {
        const frames = startNs === early ? small : large;
        const capture = written(`l2tp-${tunnel}-${where}`, frames, l2tpFrames(startNs, tunnel));
        expect(lookAtStart(capture).namesDatagrams).to.equal(false);
        await expectSame(capture, again);
      });

  const acknowledged = { 'acknowledged first': true, 'acknowledged by what answers': false } as const;
  for (const [how, isAcknowledgedFirst] of Object.entries(acknowledged)) {
    it(`leaves a capture to one process in which SOCKS asks for datagrams, ${how}`, async () => {
      const options: SocksOptions = { command: 'associate', isAcknowledgedFirst };
      const capture = written(`socks-${isAcknowledgedFirst}`, small, socksFrames(late, options));
      await expectSame(capture, [shared, byOne]);
      // A packet that asks is none of those that are asked for here.
      await expectSame(capture, [shared, byOne], 'tcp.port == 80');
    });

    it(`shares one in which SOCKS asks for a connection, ${how}`, async () => {
      const options: SocksOptions = { command: 'connect', isAcknowledgedFirst };
      const capture = written(`connect-${isAcknowledgedFirst}`, small, socksFrames(late, options));
      const result = await printed(capture, { shards: 2 });
      expect(result.shards).to.deep.equal([shared]);
      expect(result.json).to.equal((await printed(capture, { shards: 1 })).json);
    });
  }

  it('starts no tshark for datagrams that hold no packets', async () => {
    const { path } = await findTshark();
    const log = file('started');
    const tshark = file('tshark');
    writeFileSync(tshark, `#!/bin/sh\nprintf '%s\\n' "$*" >> '${log}'\nexec '${path}' "$@"\n`);
    chmodSync(tshark, 0o755);
    const started = async (name: string, ...groups: readonly (readonly Frame[])[]): Promise<number> => {
      writeFileSync(log, '');
      const { shards } = await printed(written(name, ...groups), { shards: 2, tshark });
      expect(shards).to.deep.equal([shared]);
      return readFileSync(log, 'utf8')
        .split('\n')
        .filter((args) => args.includes('-r -')).length;
    };
    const datagrams = plainDatagrams(early, 200);
    expect(await started('plain', datagrams, small)).to.equal(2);
    expect(await started('carried', datagrams, vxlanFrames(early), small)).to.equal(3);
  });
});
