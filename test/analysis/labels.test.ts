import { expect } from 'chai';
import { analyze, type AnalyzeOptions } from '../../src/analysis/analyze.ts';
import { expectGroups, type MeasuredGroup } from '../support/expect-groups.ts';
import { plainFigures, plainTshark, type PlainSample } from '../support/plain-tshark.ts';
import { fixture, runCommand } from '../support/run-command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

async function groupsOf(options: AnalyzeOptions): Promise<MeasuredGroup[]> {
  const { measurements } = await analyze(options);
  return measurements[0].groups.map(({ labels, statistics }) => ({ labels, figures: statistics }));
}

const inputs = ['demo.pcap', 'ipv6-in-ipv4.pcap', 'two-interfaces.pcapng'].map(fixture);

describe('analysis: grouping', () => {
  const file = temporaryFolder();
  let samples: PlainSample[];
  before(async () => {
    samples = (await Promise.all(inputs.map((input) => plainTshark(input)))).flat();
  });

  for (const label of ['src', 'dst', 'src_port', 'dst_port', 'interface'] as const) {
    it(`by ${label}`, async () => {
      expectGroups(await groupsOf({ inputs, by: [label] }), plainFigures(samples, [label]));
    });
  }

  it('by all labels at once, which keep the order in which they were named', async () => {
    const by = ['dst_port', 'stream', 'interface', 'dst', 'src_port', 'src'] as const;
    const [input = ''] = inputs;
    const groups = await groupsOf({ inputs: [input], by });
    expectGroups(groups, plainFigures(await plainTshark(input), by));
    expect(Object.keys(groups[0]!.labels)).to.deep.equal([...by]);
  });

  it('by nothing: the total alone', async () => {
    const { measurements } = await analyze({ inputs, by: [] });
    const [{ groups, total }] = measurements;
    expectGroups([{ labels: {}, figures: total }], plainFigures(samples, []));
    expect(groups.map(({ labels, statistics }) => [labels, statistics])).to.deep.equal([[{}, total]]);
  });

  it('by stream, which tells the streams of several captures apart', async () => {
    const [one = '', other = ''] = inputs;
    const streams = await groupsOf({ inputs: [one, other], by: ['stream'] });
    const expected = await Promise.all(
      [one, other].map(async (input) =>
        (await plainTshark(input)).map((sample) => ({ ...sample, stream: `${input}:${sample.stream}` })),
      ),
    );
    expectGroups(streams, plainFigures(expected.flat(), ['stream']));
  });

  it('by the names of the interfaces', async () => {
    const groups = await groupsOf({ inputs: [fixture('two-interfaces.pcapng')], by: ['interface'] });
    expect(groups.map(({ labels }) => labels['interface']).sort()).to.deep.equal(['eth0', 'wlan0']);
  });

  it('turned round by swap', async () => {
    const turned = samples.map((sample) => ({
      ...sample,
      ...{ src: sample.dst, dst: sample.src, src_port: sample.dst_port, dst_port: sample.src_port },
    }));
    for (const by of [['src', 'dst'], ['dst_port'], ['src', 'src_port']] as const) {
      expectGroups(await groupsOf({ inputs, by, swap: true }), plainFigures(turned, by));
    }
  });

  it('is sorted by count, then by labels', async () => {
    const groups = await groupsOf({ inputs });
    const sorted = [...groups].sort((a, b) => {
      const byCount = (b.figures.count ?? 0) - (a.figures.count ?? 0);
      const [left, right] = [a, b].map(({ labels }) => Object.values(labels).join('\0'));
      return byCount !== 0 ? byCount : left! < right! ? -1 : 1;
    });
    expect(groups.map(({ labels }) => labels)).to.deep.equal(sorted.map(({ labels }) => labels));
  });

  it('of samples that a display filter narrows', async () => {
    const [input = ''] = inputs;
    const wanted = samples.filter(({ src }) => src === '10.20.0.6' || src === '10.20.0.11');
    const filter = 'ip.src == 10.20.0.6 or ip.src == 10.20.0.11';
    expectGroups(await groupsOf({ inputs: [input], filter }), plainFigures(wanted));
  });

  it('of the first packets only, as tshark -c', async () => {
    const [input = ''] = inputs;
    const expected = plainFigures(await plainTshark(input, ['-c', '200']));
    expect(expected.size).to.be.greaterThan(1);
    expectGroups(await groupsOf({ inputs: [input], packetCount: 200 }), expected);
  });

  it('of joined files equals that of the one capture that they make', async () => {
    const parts = ['ring_00002.pcap', 'ring_00001.pcap'].map(fixture);
    const whole = file('ring.pcapng');
    expect((await runCommand('mergecap', ['-w', whole, ...parts])).status).to.equal(0);
    const by = ['src', 'dst', 'stream'] as const;
    const joined = await analyze({ inputs: parts, join: true, by });
    const expected = await plainTshark(whole);
    expectGroups(
      joined.measurements[0].groups.map(({ labels, statistics }) => ({ labels, figures: statistics })),
      plainFigures(expected, by),
    );
    expect(joined.inputs.map(({ path, samples }) => [path, samples])).to.deep.equal(
      parts.map((part) => [part, null]),
    );
    const apart = await analyze({ inputs: parts });
    expect(apart.measurements[0].total.count).to.be.lessThan(expected.length);
  });
});
