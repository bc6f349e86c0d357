import { expect } from 'chai';
import { until } from '../support/deadline.ts';
import { freePort } from '../support/ports.ts';
import { runCommand } from '../support/run-command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { chatter } from './chatter.ts';
import { seriesValue } from './exposition.ts';
import { beginLive, endingCaptures } from './running-live.ts';

const flowCount = 300;

describe('live: a share of the flows', () => {
  const talker = chatter();
  const file = temporaryFolder();
  endingCaptures();

  /** How many packets each flow has in a file, both directions, by the client's port and the direction. */
  async function packetsByFlow(path: string): Promise<Map<string, number>> {
    const fields = ['tcp.srcport', 'tcp.dstport'].flatMap((name) => ['-e', name]);
    const { status, stdout, stderr } = await runCommand('tshark', [
      '-n',
      '-r',
      path,
      '-T',
      'fields',
      ...fields,
    ]);
    expect(status, stderr).to.equal(0);
    const counts = new Map<string, number>();
    for (const line of stdout.split('\n').filter((text) => text !== '')) {
      const [from = '', to = ''] = line.split('\t');
      const flow = from === String(talker.port) ? `${to} down` : `${from} up`;
      counts.set(flow, (counts.get(flow) ?? 0) + 1);
    }
    return counts;
  }

  it('is whole flows, the same ones in every run, and the share is told', async () => {
    const filter = ['-i', 'lo', '-f', `tcp port ${talker.port}`];
    const listen = `127.0.0.1:${await freePort()}`;
    const files = ['all', 'one', 'two'].map((name) => file(`${name}.pcapng`));
    const [all = '', one = '', two = ''] = files;
    const captures = await Promise.all([
      beginLive([...filter, '--write', all]),
      beginLive([...filter, '--write', one, '--sample', '1/4', '--listen', listen]),
      beginLive([...filter, '--write', two, '--sample', '1/4']),
    ]);
    await talker.talk(flowCount, 3);
    const metrics = await (await fetch(`http://${listen}/metrics`)).text();
    expect(seriesValue(metrics, 'rttshark_sampled_flows_ratio')).to.equal(0.25);
    const packetsIn = async () => [...(await packetsByFlow(all)).keys()].length;
    await until('every flow was written', async () =>
      (await packetsIn()) === 2 * flowCount ? true : undefined,
    );
    await Promise.all(captures.map((capture) => capture.end()));

    const [every, first, second] = await Promise.all(files.map(packetsByFlow));
    expect(second).to.deep.equal(first);
    // A flow of the share has all packets that it had, up and down.
    const wanted = [...first!.keys()].map((flow) => [flow, every!.get(flow)]);
    expect([...first!]).to.deep.equal(wanted);
    const ports = [...first!.keys()].map((flow) => flow.split(' ')[0]);
    expect(ports.length).to.equal(2 * new Set(ports).size);
    expect(new Set(ports).size).to.be.within(flowCount / 8, flowCount / 2);
  });
});
