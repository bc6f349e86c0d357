import { expect } from 'chai';
import type { AnalysisDocument } from '../../src/report/analysis-document.ts';
import { fixture, program, runCommand, startCommand, type CommandResult } from '../support/run-command.ts';
import { descendants, isGone } from '../support/processes.ts';
import { sideBySide } from '../support/side-by-side.ts';
import { until } from '../support/deadline.ts';

/** `$1` and `$2` are the program, `$3` the capture, and `$4` the number of shards. */
function bash(line: string, capture: string, shards: number, temporary?: string): Promise<CommandResult> {
  const args = ['-c', line, 'bash', process.execPath, program, fixture(capture), String(shards)];
  return runCommand('bash', args, temporary === undefined ? {} : { env: { TMPDIR: temporary } });
}

const piped = 'cat "$3" | "$1" "$2" analyze --format json --log-level debug --shards "$4" -';

/** Without what is said of how it was read. */
function withoutDebug({ stderr, ...result }: CommandResult): CommandResult {
  const lines = stderr.split('\n').filter((line) => !line.includes(' debug '));
  return { ...result, stderr: lines.join('\n').replaceAll(/^\S+Z /gm, '') };
}

describe('command: a pipe that several tsharks share', () => {
  it('gives the same as one, whatever comes', async () => {
    const names = [
      'demo.pcap',
      'two-interfaces.pcapng',
      'cut-in-packet.pcap',
      'ipv4-fragments.pcap',
      'gre.pcap',
      'ipv4.pcap.gz',
      'plain-text.pcap',
      'empty.pcap',
      'bad-record-length.pcap',
    ];
    await sideBySide(
      names,
      async (name) => {
        const shards = name === 'demo.pcap' ? 3 : 2;
        const shared = await bash(piped, name, shards);
        expect(withoutDebug(shared), name).to.deep.equal(withoutDebug(await bash(piped, name, 1)));
      },
      2,
    );
  });

  it('says how it is read', async () => {
    expect((await bash(piped, 'demo.pcap', 2)).stderr).to.match(/"-" is read by 2 tsharks/);
    expect((await bash(piped, 'gre.pcap', 2)).stderr).to.match(/"-" is read by 2 tsharks/);
    const { stderr } = await bash(piped, 'ipv4-fragments.pcap', 2);
    expect(stderr).to.match(/"-" is read by one tshark: it has fragments/);
  });

  it('is a FIFO or <(…), too', async () => {
    const fifo =
      'd=$(mktemp -d) && mkfifo "$d/p" && { cat "$3" > "$d/p" & "$1" "$2" analyze --log-level debug --format json --shards "$4" "$d/p"; s=$?; wait; rm -r "$d"; exit $s; }';
    for (const line of [
      '"$1" "$2" analyze --log-level debug --format json --shards "$4" <(cat "$3")',
      fifo,
    ]) {
      const { status, stdout, stderr } = await bash(line, 'demo.pcap', 2);
      expect(status, stderr).to.equal(0);
      expect(stderr).to.match(/is read by 2 tsharks/);
      expect((JSON.parse(stdout) as AnalysisDocument).inputs[0]).to.include({
        samples: 1137,
        truncated: false,
      });
    }
  });

  it('is left to one where nothing can be kept', async () => {
    // Pipes for tshark lie in the folder of temporary files, too; in /dev/shm they take no memory.
    const only =
      'unshare -m bash -c \'mount -t tmpfs none /var/tmp && cat "$3" | "$1" "$2" analyze --format json --log-level debug --shards "$4" -\' bash "$@"';
    const { status, stdout, stderr } = await bash(only, 'demo.pcap', 2, '/dev/shm');
    expect(status, stderr).to.equal(0);
    expect(stderr).to.match(/by one tshark: it cannot be kept/);
    expect((JSON.parse(stdout) as AnalysisDocument).inputs[0]).to.include({ samples: 1137 });
  });

  it('interrupted while more is waited for: what there is, and nothing left behind', async () => {
    const line = '{ cat "$3"; exec sleep 1000; } | exec "$1" "$2" analyze --format json --shards "$4" -';
    const script = ['-c', line, 'bash', process.execPath, program, fixture('demo.pcap'), '2'];
    const { child, ended } = startCommand('bash', script);
    const all = await until('both tsharks are there', () => {
      const found = descendants(child.pid!);
      return found.filter(({ commandLine }) => /^\S*tshark\0/.test(commandLine)).length >= 2
        ? found
        : undefined;
    });
    // The shell that feeds it has the program's name in its line, too.
    const ours = all.find(({ commandLine }) => commandLine.startsWith(process.execPath))!;
    const sleeping = all.find(
      ({ commandLine }) => commandLine.startsWith('sleep') || commandLine.startsWith('bash'),
    );
    process.kill(ours.pid, 'SIGINT');
    await until('it is gone', () => (isGone(ours.pid) ? true : undefined));
    for (const { pid, commandLine } of all)
      if (commandLine.includes('tshark\0')) expect(isGone(pid), commandLine).to.equal(true);
    if (sleeping !== undefined) process.kill(sleeping.pid);
    const { stdout, status } = await ended;
    expect(status).to.equal(130);
    expect((JSON.parse(stdout) as AnalysisDocument).inputs[0]).to.include({ path: '-', truncated: true });
  });
});
