import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { expect } from 'chai';
import { parseDumpcapEnd } from '../../src/tshark/capture-counts.ts';
import { dumpcapArguments } from '../../src/tshark/capture-arguments.ts';
import { PacketNormalizer } from '../../src/capture/packet-normalizer.ts';
import { InterfaceTable } from '../../src/capture/interface-table.ts';
import { startPacketWitness } from '../../src/tshark/packet-witness.ts';
import { DropEstimate } from '../../src/tshark/drop-estimate.ts';
import { until } from '../support/deadline.ts';
import { wiredHosts, type WiredHosts } from './network-namespace.ts';

describe('witnessing drops', function () {
  this.timeout(60_000);
  let hosts: WiredHosts;
  before(async () => {
    hosts = await wiredHosts();
  });
  after(() => hosts.remove());

  const filter = 'udp port 5999';

  /** Sends packets across the wire, as fast as they go. */
  async function send(count: number): Promise<void> {
    const script = `import socket
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
for i in range(${count}): s.sendto(b'x' * 1200, ('10.99.0.2', 5999))`;
    const [ip, ...words] = hosts.inside(hosts.left);
    const child = spawn(ip, [...words, 'python3', '-c', script], { stdio: 'ignore' });
    await once(child, 'exit');
  }

  async function capture(readsAtOnce: boolean): Promise<{ estimate: number; said: number; total: number }> {
    const [ip, ...words] = hosts.inside(hosts.left);
    const args = [
      ...words,
      'dumpcap',
      ...dumpcapArguments({ interface: 'left', filter, bufferMebibytes: 1 }),
    ];
    const child: ChildProcess = spawn(ip, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let words2 = '';
    child.stderr?.on('data', (bytes: Buffer) => (words2 += bytes.toString()));
    const witness = await startPacketWitness(ip, [
      ...words,
      ...['tcpdump', '-n', '-p', '-i', 'left', '-s', '1', '-B', '1', '-w', '-', '--', filter],
    ]);
    if (witness === null) throw new Error('There is no witness.');
    try {
      const estimate = new DropEstimate();
      const normalizer = new PacketNormalizer(new InterfaceTable(), 'left');
      let total = 0;
      child.stdout?.on('data', (bytes: Buffer) => {
        const batch = normalizer.push(bytes, Infinity);
        if (batch === null) return;
        total += batch.packets;
        estimate.delivered(total, batch.maxTimeNs / 1e9, batch.firstTimeNs / 1e9);
      });
      const ask = async () => {
        const count = await witness.received();
        if (count === null) throw new Error('The witness is gone.');
        estimate.witnessed(count);
      };
      await until('dumpcap had begun', () => (normalizer.begun ? true : undefined));
      await ask();
      await send(10);
      await until('the first packets had come', () => (total === 10 ? true : undefined));
      await ask();
      if (!readsAtOnce) child.stdout?.pause();
      await send(60_000);
      await ask();
      if (!readsAtOnce) child.stdout?.resume();
      await ask();
      const before = total;
      await send(1);
      await until('what was left had come', async () => {
        const now = total;
        await send(1);
        return now > before && total === now + 1 ? true : undefined;
      });
      await ask();
      await send(1);
      await until('the count was held against what came', async () => {
        const now = total;
        await send(1);
        return total > now ? true : undefined;
      });
      const exit = once(child, 'close');
      child.kill('SIGINT');
      await exit;
      return {
        estimate: estimate.dropped,
        said: parseDumpcapEnd(words2.split('\n'))?.kernelDropped ?? -1,
        total,
      };
    } finally {
      await witness.stop();
      child.kill('SIGKILL');
    }
  }

  it('tells those of a capture that nobody reads, as dumpcap does at its end', async () => {
    const { estimate, said } = await capture(false);
    expect(said).to.be.greaterThan(10_000);
    expect(estimate).to.be.within(said * 0.97, said);
  });

  it('tells of none where there were none', async () => {
    const { estimate, said, total } = await capture(true);
    expect(said + total).to.be.greaterThan(60_000);
    expect(estimate).to.be.within(said * 0.97, said);
  });
});
