import { execFileSync } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { wiredNamespaces } from '../support/namespaces.ts';
import { fixture, program, rttshark, startCommand, startRttshark } from '../support/run-command.ts';
import type { CommandResult } from '../support/run-command.ts';
import { sideBySide } from '../support/side-by-side.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { startTalk, startTalkServer } from '../support/traffic.ts';
import { analyzed } from './analyzed.ts';
import type { LiveDocument } from './wire-capture.ts';

const live = ['live', '--format', 'json'];

function lastDocument({ stdout, stderr }: CommandResult): LiveDocument {
  const line = stdout.trimEnd().split('\n').at(-1);
  expect(line, stderr).not.to.be.oneOf([undefined, '']);
  return JSON.parse(line!) as LiveDocument;
}

describe('live: packets that somebody else captures', () => {
  const file = temporaryFolder();

  async function expectAsAnalyzed(result: CommandResult, capture: string): Promise<void> {
    expect(result.status, result.stderr).to.equal(0);
    const { measurements } = lastDocument(result);
    expect(measurements, capture).to.deep.equal(await analyzed([capture]));
    expect(measurements[0]?.total.count).to.be.above(0);
  }

  it('from a file on standard input, whatever wrote it', async () => {
    const names = [
      ...['demo.pcap', 'big-endian-nanoseconds.pcap', 'two-interfaces.pcapng', 'recorded-any.pcapng'],
      'recorded-vlan.pcapng',
    ];
    await sideBySide(names, async (name) => {
      const stdin = openSync(fixture(name), 'r');
      const result = await rttshark([...live, '-i', '-'], { stdin });
      closeSync(stdin);
      await expectAsAnalyzed(result, fixture(name));
    });
  });

  it('from another Node, through a socket', async () => {
    const result = await rttshark([...live, '-i', '-'], { stdin: readFileSync(fixture('demo.pcap')) });
    await expectAsAnalyzed(result, fixture('demo.pcap'));
  });

  it('from a FIFO', async () => {
    const fifo = file('fifo');
    execFileSync('mkfifo', [fifo]);
    const { ended } = startRttshark([...live, '-i', fifo]);
    const writer = startCommand('sh', ['-c', 'cat "$1" > "$2"', 'sh', fixture('recorded-ipv6.pcapng'), fifo]);
    await expectAsAnalyzed(await ended, fixture('recorded-ipv6.pcapng'));
    await writer.ended;
  });

  it('that ends inside of a packet: status 26, with the results up to there', async () => {
    const capture = fixture('cut-in-packet.pcap');
    const stdin = openSync(capture, 'r');
    const result = await rttshark([...live, '-i', '-'], { stdin });
    closeSync(stdin);
    expect(result.status, result.stderr).to.equal(26);
    expect(result.stderr).to.contain('cut short');
    const { stdout } = await rttshark(['analyze', capture, '--format', 'json']);
    const { measurements } = JSON.parse(stdout) as LiveDocument;
    expect(lastDocument(result).measurements).to.deep.equal(measurements);
  });

  it('that is no capture: status 22', async () => {
    const stdin = openSync(fixture('plain-text.pcap'), 'r');
    const { status, stdout, stderr } = await rttshark([...live, '-i', '-'], { stdin });
    closeSync(stdin);
    expect(status, stderr).to.equal(22);
    expect(stdout).to.equal('');
    expect(stderr).to.contain('Standard input is no capture');
  });

  it('by a clock that steps back by an hour, and again forward: goes on, with every sample', async () => {
    const [shifted, whole] = [file('shifted.pcap'), file('whole.pcap')];
    const demo = fixture('demo.pcap');
    execFileSync('editcap', ['-F', 'pcap', '-t', '-3600', demo, shifted]);
    execFileSync('mergecap', ['-F', 'pcap', '-a', '-w', whole, demo, shifted, demo]);
    const result = await rttshark(
      [
        ...live,
        '-i',
        '-',
        '--generation-packets',
        '500',
        '--overlap',
        '1s',
        '--interval',
        '100ms',
        '--expire',
        '1m',
      ],
      { stdin: readFileSync(whole) },
    );
    await expectAsAnalyzed(result, whole);
  });

  describe('right now', () => {
    const { client, server } = wiredNamespaces();

    it('by tcpdump into a pipe', async () => {
      await startTalkServer(server, server.ipv4);
      const copy = file('copy.pcap');
      const words = `tcpdump -i wire0 -c 500 -Z root -U -w - | tee "$1" | "$2" "$3" ${live.join(' ')} -i -`;
      const { ended } = client.start('sh', ['-c', words, 'sh', copy, process.execPath, program]);
      const talk = startTalk(client, server.ipv4, { connections: 4, questions: 100_000, pauseMs: 2 });
      await expectAsAnalyzed(await ended, copy);
      talk.child.kill('SIGKILL');
      await talk.ended;
    });
  });
});
