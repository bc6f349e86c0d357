import { closeSync, openSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import type { AnalysisDocument } from '../../src/report/analysis-document.ts';
import { fixture, program, rttshark, runCommand, type CommandResult } from '../support/run-command.ts';

const node = process.execPath;
const capture = fixture('demo.pcap');
const json = ['analyze', '--format', 'json'];

function bash(line: string): Promise<CommandResult> {
  return runCommand('bash', ['-c', line, 'bash', node, program, capture]);
}

function expectAll({ status, stdout, stderr }: CommandResult, path: string | RegExp): void {
  expect(status, stderr).to.equal(0);
  const { inputs } = JSON.parse(stdout) as AnalysisDocument;
  expect(inputs).to.have.length(1);
  expect(inputs[0]).to.include({ samples: 1137, truncated: false });
  expect(inputs[0]?.path).to.match(typeof path === 'string' ? new RegExp(`^${path}$`) : path);
}

describe('command: standard input', () => {
  it('from a file', async () => {
    const descriptor = openSync(capture, 'r');
    const result = rttshark([...json, '-'], { stdin: descriptor });
    closeSync(descriptor);
    expectAll(await result, '-');
  });

  it('from a pipe', async () => {
    expectAll(await bash('cat "$3" | "$1" "$2" analyze --format json -'), '-');
  });

  it('from a socket, which a pipe from Node is', async () => {
    expectAll(await rttshark([...json, '-'], { stdin: readFileSync(capture) }), '-');
  });

  it('from <(…), and as /dev/stdin', async () => {
    expectAll(await bash('"$1" "$2" analyze --format json <(cat "$3")'), /^\/dev\/fd\/\d+$/);
    expectAll(await bash('cat "$3" | "$1" "$2" analyze --format json /dev/stdin'), '/dev/stdin');
    expectAll(await bash('"$1" "$2" analyze --format json /dev/stdin < "$3"'), '/dev/stdin');
  });

  it('from a FIFO that has a name', async () => {
    const line =
      'd=$(mktemp -d) && mkfifo "$d/p" && { cat "$3" > "$d/p" & "$1" "$2" analyze --format json "$d/p"; s=$?; wait; rm -r "$d"; exit $s; }';
    expectAll(await bash(line), /\/p$/);
  });

  for (const name of ['ipv4.pcap.gz', 'ipv4.pcap.zst', 'ipv4.pcap.lz4', 'two-interfaces.pcapng']) {
    it(`of ${name} is that of the file`, async () => {
      const [fed, read] = await Promise.all([
        rttshark([...json, '-'], { stdin: readFileSync(fixture(name)) }),
        rttshark([...json, fixture(name)]),
      ]);
      expect(fed.status, fed.stderr).to.equal(0);
      expect((JSON.parse(fed.stdout) as AnalysisDocument).measurements).to.deep.equal(
        (JSON.parse(read.stdout) as AnalysisDocument).measurements,
      );
    });
  }

  it('that is cut short gives the results up to there', async () => {
    const bytes = readFileSync(fixture('cut-in-packet.pcap'));
    const { status, stdout, stderr } = await rttshark([...json, '-'], { stdin: bytes });
    expect(status, stderr).to.equal(26);
    expect(stderr).to.contain('standard input').and.contain('cut short');
    expect((JSON.parse(stdout) as AnalysisDocument).inputs).to.deep.equal([
      { path: '-', samples: 6, truncated: true },
    ]);
  });

  it('that is empty, closed, a folder, a text or a device is refused', async () => {
    const text = readFileSync(fixture('plain-text.pcap'));
    const refused = [
      await rttshark([...json, '-'], { stdin: '' }),
      await rttshark([...json, '-'], { stdin: text }),
      await bash('"$1" "$2" analyze --format json - <&-'),
      await bash('"$1" "$2" analyze --format json - < /dev/null'),
      await bash('"$1" "$2" analyze --format json - < /'),
    ];
    for (const { status, stdout, stderr } of refused) {
      expect(status, stderr).to.equal(22);
      expect(stdout).to.equal('');
      expect(stderr)
        .to.match(/standard input/i)
        .and.not.match(/\n +at /);
    }
  });

  it('beside files', async () => {
    const { status, stdout, stderr } = await rttshark([...json, fixture('ipv4.pcap'), '-'], {
      stdin: readFileSync(capture),
    });
    expect(status, stderr).to.equal(0);
    expect((JSON.parse(stdout) as AnalysisDocument).inputs.map(({ samples }) => samples)).to.deep.equal([
      10, 1137,
    ]);
  });
});
