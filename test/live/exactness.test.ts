import { readdirSync } from 'node:fs';
import { expect } from 'chai';
import { until } from '../support/deadline.ts';
import { packetsOn, wiredNamespaces } from '../support/namespaces.ts';
import { plainTshark } from '../support/plain-tshark.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import {
  bulk,
  download,
  startTalk,
  startTalkServer,
  startVlan,
  startWebServer,
  vlan,
} from '../support/traffic.ts';
import { analyzed } from './analyzed.ts';
import { startLive, type WireCapture } from './wire-capture.ts';

/** RTTSHARK_LIVE_SAMPLES=1000000 makes more traffic, and as many more generations. */
const fewestSamples = Number(process.env['RTTSHARK_LIVE_SAMPLES'] ?? 200_000);
/** RTTSHARK_LIVE_SHARDS=2 has two tsharks share the packets from the start. */
const shards = process.env['RTTSHARK_LIVE_SHARDS'] ?? 'auto';
const longestMs = 200_000 + fewestSamples;

describe('live: exact over generations', function () {
  this.timeout(longestMs);
  const file = temporaryFolder();
  const wire = wiredNamespaces();
  const { client, server } = wire;

  before(async () => {
    await startVlan(wire);
    for (const address of [server.ipv4, server.ipv6, vlan.server]) await startTalkServer(server, address);
    await startWebServer(server, '::', file());
    // The first packets through the VLAN can be lost, and are sent again a second later.
    const { status, stderr } = await startTalk(client, vlan.server, {
      connections: 8,
      questions: 1,
      pauseMs: 0,
    }).ended;
    expect(status, stderr).to.equal(0);
  });

  /** Bulk data in several streams both ways, web pages, questions and answers, over IPv4, IPv6 and a VLAN. */
  async function traffic(): Promise<void> {
    const talk = (questions: number) => ({ connections: 8, questions, pauseMs: 0 });
    const talks = [
      startTalk(client, server.ipv4, talk(1500)),
      startTalk(client, server.ipv6, talk(1500)),
      startTalk(client, vlan.server, talk(200)),
    ];
    await Promise.all([
      bulk(wire, server.ipv4, ['--parallel', '4', '--bytes', '12M', '--bitrate', '20M']),
      bulk(wire, server.ipv6, ['--parallel', '2', '--reverse', '--bytes', '6M', '--bitrate', '20M'], 5202),
      download(client, server.ipv4, 40),
      download(client, server.ipv6, 40),
      ...talks.map(async ({ ended }) => {
        const { status, stderr } = await ended;
        expect(status, stderr).to.equal(0);
      }),
    ]);
  }

  /** Until everything that was on the wire has been read: what the kernel still holds when a capture ends is lost. */
  async function caughtUp(live: WireCapture, packetsBefore: number): Promise<void> {
    const sent = packetsOn(client) - packetsBefore;
    const hasRead = async () => {
      const read = await live.metric('rttshark_captured_packets_total');
      const dropped = await live.metric('rttshark_dropped_packets_total');
      return read + dropped >= sent ? true : undefined;
    };
    await until('everything had been read', hasRead, { longestMs: 60_000, everyMs: 200 });
  }

  it('gives the figures of one tshark over the same packets, though many followed each other', async () => {
    const beside = file('beside.pcap');
    const tcpdumpArguments = ['-i', 'wire0', '-s', '256', '-B', '262144', '-Z', 'root', '-w', beside];
    const tcpdump = client.start('tcpdump', tcpdumpArguments, { longestRunMs: longestMs });
    let words = '';
    tcpdump.child.stderr?.on('data', (text: Buffer) => (words += text.toString('utf8')));
    await until('tcpdump listened', () => (words.includes('listening on') ? true : undefined));
    const live = startLive(
      client,
      [
        ...['--write', file('trace.pcapng'), '--ring', 'filesize:20MB,files:500', '-B', '256', '--listen'],
        // A machine with much else to do can let an answer wait for seconds: it has to come within the overlap, which is
        // no longer than a generation.
        ...['--generation-packets', '55000', '--overlap', '6s', '--interval', '2s', '--log-level', 'debug'],
        ...['--shards', shards],
      ],
      { longestRunMs: longestMs },
    );
    await live.began();
    const packetsBefore = packetsOn(client);
    const generations = () => 1 + live.events('generation_followed').length;
    while (live.samples() < fewestSamples || generations() < 5) {
      await traffic();
      await caughtUp(live, packetsBefore);
    }
    const differences = await live.metric('rttshark_generation_differences_total');
    const whole = await live.stop();
    // What the kernel holds when tcpdump is interrupted is lost. It hands packets over once a second.
    const hasRead = () => {
      const [captured, received] = [/(\d+) packets? captured\b/g, /(\d+) packets? received by filter/g].map(
        (pattern) => [...words.matchAll(pattern)].at(-1)?.[1],
      );
      if (captured !== undefined && captured === received) return true;
      tcpdump.child.kill('SIGUSR1');
      return undefined;
    };
    await until('tcpdump had read everything', hasRead, { everyMs: 100 });
    tcpdump.child.kill('SIGINT');
    await tcpdump.ended;

    const measured = whole.measurements[0]!;
    console.log(
      `      ${measured.total.count} samples of ${packetsOn(client) - packetsBefore} packets in ${measured.groups.length} groups, ${generations()} generations`,
    );
    expect(measured.total.count).to.be.at.least(fewestSamples);
    expect(measured.groups.map(({ labels }) => labels['src'])).to.include.members([
      ...[client.ipv4, server.ipv4, client.ipv6, server.ipv6, vlan.client, vlan.server],
    ]);
    expect(generations()).to.be.at.least(5);
    expect(differences, 'rows in which old and new did not agree').to.equal(0);
    const ring = readdirSync(file()).filter((name) => name.startsWith('trace_'));
    expect(ring.length, 'files of the ring').to.be.above(1);
    expect(whole.measurements).to.deep.equal(await analyzed(ring.sort().map((name) => file(name))));

    for (const { labels, count } of measured.groups) {
      expect(live.samples(labels), `all intervals of ${JSON.stringify(labels)}`).to.equal(count);
    }
    expect(live.samples(), 'all intervals').to.equal(measured.total.count);

    const plain = await plainTshark(beside);
    console.log(`      tcpdump beside it: ${plain.length} samples`);
    expect(words).to.contain('\n0 packets dropped by kernel');
    expect(live.events('packets_dropped')).to.deep.equal([]);
    // tcpdump keeps microseconds, and tshark prints no sample of exactly zero.
    expect(plain.length).to.be.closeTo(measured.total.count, measured.total.count / 1000);
  });
});
