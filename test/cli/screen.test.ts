import { expect } from 'chai';
import fc from 'fast-check';
import { eraseText, frameText } from '../../src/cli/screen-frames.ts';
import { startCommand, type CommandResult } from '../support/run-command.ts';
import { EmulatedScreen } from './screen-emulator.ts';

describe('cli/screen-frames', () => {
  const columns = 20;
  const line = fc.stringMatching(/^[a-z ]{0,19}[a-z]$/);
  const frames = fc.array(fc.array(line, { maxLength: 6 }), { minLength: 1, maxLength: 8 });

  it('leave the last lines below what stood there, whatever was drawn before', () => {
    fc.assert(
      fc.property(frames, fc.boolean(), (drawn, erased) => {
        const screen = new EmulatedScreen(columns);
        screen.write('$ before\r\n');
        let lines: readonly string[] = [];
        for (const next of drawn) {
          screen.write(frameText(next, { lines, drawnColumns: columns, columns }).replaceAll('\n', '\r\n'));
          lines = next;
        }
        expect(screen.lines).to.deep.equal(['$ before', ...lines]);
        if (!erased) return;
        screen.write(eraseText({ lines, drawnColumns: columns, columns }));
        expect(screen.lines).to.deep.equal(['$ before']);
      }),
    );
  });

  it('wrap nothing, and keep the last character of a line that is as wide as the terminal', () => {
    const screen = new EmulatedScreen(10);
    const nothing = { lines: [], drawnColumns: 10, columns: 10 };
    screen.write(frameText(['0123456789', 'x'.repeat(25), 'end'], nothing).replaceAll('\n', '\r\n'));
    expect(screen.lines).to.deep.equal(['0123456789', 'xxxxxxxxxx', 'end']);
    expect(screen.wraps).to.equal(true);
  });

  it('find the start of lines that a narrower terminal has broken', () => {
    const up = (drawnColumns: number, columns: number) =>
      /^\r\u001b\[(\d+)A/.exec(
        eraseText({ lines: ['x'.repeat(18), '', '\u001b[1mab\u001b[22m'], drawnColumns, columns }),
      )?.[1];
    expect(up(20, 20)).to.equal('3');
    expect(up(20, 40)).to.equal('3');
    expect(up(20, 9)).to.equal('4');
    expect(up(20, 5)).to.equal('6');
  });
});

describe('cli/screen: on a terminal', () => {
  /** What the program of this folder leaves on a terminal of 40 columns and 12 lines. */
  async function shown(
    scenario: string,
    env: Record<string, string> = {},
    run = (program: string) => `exec ${program}`,
  ): Promise<{ screen: EmulatedScreen; result: CommandResult }> {
    const program = `${process.execPath} --import tsx test/cli/screen-program.ts ${scenario}`;
    const script = `ulimit -c 0; stty cols 40 rows 12; ${run(program)}`;
    const result = await startCommand('script', ['-qec', script, '/dev/null'], {
      env: { TERM: 'xterm-256color', NO_COLOR: '1', ...env },
    }).ended;
    const screen = new EmulatedScreen(40);
    screen.write(result.stdout);
    return { screen, result };
  }

  it('draws in place, prints messages above, and leaves the last report', async () => {
    const { screen, result } = await shown('messages');
    expect(screen.lines).to.deep.equal(['rttshark: first', 'rttshark: second', 'the last report']);
    expect(screen.hasCursor).to.equal(true);
    expect(result.status).to.equal(0);
    // Between the messages and the next report, the lines were drawn again.
    expect(result.stdout.split('second')[1]?.match(/TWO/g)).to.have.length(1);
  });

  it('draws anew for another size, and leaves what was drawn last where there is nothing else', async () => {
    const { screen } = await shown('resize');
    expect(screen.lines).to.deep.equal(['ONE', 'TWO', '30x10']);
    expect(screen.hasCursor).to.equal(true);
  });

  for (const [scenario, status] of [
    ['exit', 3],
    ['throw', 1],
    ['quit', 131],
  ] as const) {
    it(`gives the cursor back where the process ends by "${scenario}"`, async () => {
      const { screen, result } = await shown(scenario);
      expect(result.stdout).to.include('\u001b[?25l');
      expect(screen.hasCursor, result.stdout).to.equal(true);
      expect(result.status).to.equal(status);
    });
  }

  it('gives the cursor back while it is suspended, and draws anew below when it goes on', async () => {
    const resumed = (program: string) => `set -m; ${program}; echo; echo at the prompt; fg >/dev/null`;
    const { screen, result } = await shown('suspend', {}, resumed);
    const [before = '', after = ''] = result.stdout.split('at the prompt');
    const suspended = new EmulatedScreen(40);
    suspended.write(before);
    expect(suspended.hasCursor).to.equal(true);
    expect(after).to.include('\u001b[?25l');
    const lines = screen.lines;
    expect(lines.slice(0, 3)).to.deep.equal(['ONE', 'TWO', '40x12']);
    expect(lines).to.include('at the prompt');
    expect(lines.slice(-2)).to.deep.equal(['resumed', '40x12']);
    expect(screen.hasCursor).to.equal(true);
  });

  it('prints one report after the other where the cursor cannot be moved', async () => {
    const { result } = await shown('messages', { TERM: 'dumb' });
    expect(result.stdout).not.to.include('\u001b');
    expect(result.stdout.split('\r\n')).to.deep.equal([
      'one',
      'two',
      'three',
      '40x12',
      'rttshark: first',
      'rttshark: second',
      '1',
      '40x12',
      'the last report',
      '',
    ]);
  });
});
