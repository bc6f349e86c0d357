import { expect } from 'chai';
import type { AnalysisDocument } from '../../src/report/analysis-document.ts';
import { until } from '../support/deadline.ts';
import { writeFakeTshark } from '../support/fake-tshark.ts';
import {
  fixture,
  rttshark,
  startCommand,
  type CommandResult,
  type RunningCommand,
} from '../support/run-command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const capture = fixture('demo.pcap');

describe('command: on a terminal', () => {
  const escape = '\u001b[';
  const file = temporaryFolder();

  /** Runs in a pseudo terminal of a size, its output and messages together as a person sees them. */
  function terminal(line: string, env: Record<string, string> = {}): RunningCommand {
    // Node takes a terminal of a CI job for one without colours.
    const script = `stty cols 100 rows 40; env -u CI ${process.execPath} bin/rttshark.js ${line}`;
    return startCommand('script', ['-qec', script, '/dev/null'], {
      env: { TERM: 'xterm-256color', ...env },
    });
  }

  function onTerminal(line: string, env?: Record<string, string>): Promise<CommandResult> {
    return terminal(line, env).ended;
  }

  it('shows colours, and no line wider than it', async () => {
    const { status, stdout } = await onTerminal(`analyze ${capture}`);
    expect(status, stdout).to.equal(0);
    expect(stdout).to.contain(escape);
    const plain = stdout.replaceAll(/\u001b\[[\d;]*m/g, '').split(/[\r\n]+/);
    expect(Math.max(...plain.map((line) => line.length))).to.be.at.most(100);
  });

  it('shows no colours where they are not wanted, or it has none', async () => {
    for (const env of [{ NO_COLOR: '1' }, { TERM: 'dumb' }, { FORCE_COLOR: '0' }] as Record<
      string,
      string
    >[]) {
      const { status, stdout } = await onTerminal(`analyze ${capture} --top 1`, env);
      expect(status, stdout).to.equal(0);
      expect(stdout).not.to.contain(escape);
      expect(stdout).to.contain('tcp_ack_rtt');
    }
  });

  it('shows errors in colour, json without', async () => {
    const { status, stdout } = await onTerminal(`analyze ${fixture('cut-in-packet.pcap')} --format json`);
    expect(status).to.equal(26);
    const [json = '', message = ''] = stdout.split(/(?=\u001b\[31mrttshark:)/);
    expect((JSON.parse(json) as AnalysisDocument).inputs[0]?.truncated).to.equal(true);
    expect(message).to.contain('cut short');
  });

  it('shows how far it is where that takes over a second, and clears it away', async () => {
    const fake = writeFakeTshark(file('slow'), { then: 'wait' });
    const { child, ended } = terminal(`analyze ${capture} --format csv --tshark ${fake.path}`);
    let shown = '';
    child.stdout?.on('data', (bytes: Buffer) => (shown += bytes.toString()));
    const pid = await fake.rowsTaken();
    await until('progress was shown', () => (/[\d,]+ samples {2}[\d,]+\/s/.test(shown) ? true : undefined));
    process.kill(pid, 'SIGTERM');
    const { status, stdout } = await ended;
    expect(status, stdout).to.equal(25);
    expect(stdout).not.to.match(/\/s[\d,]+ samples/);
    expect(stdout).to.match(/\r +\r(?:measurement,|\u001b\[31mrttshark:)/);
  });

  it('is no place to read a capture from', async () => {
    const { status, stdout } = await onTerminal('analyze -');
    expect(status).to.equal(2);
    expect(stdout).to.contain('Standard input is a terminal');
  });

  it('piped shows neither colours nor progress', async () => {
    const { stdout, stderr } = await rttshark(['analyze', capture], { env: { TERM: 'xterm-256color' } });
    expect(stdout + stderr)
      .not.to.contain(escape)
      .and.not.contain('samples/s');
    const forced = await rttshark(['analyze', capture], { env: { FORCE_COLOR: '1' } });
    expect(forced.stdout).to.contain(escape);
  });
});
