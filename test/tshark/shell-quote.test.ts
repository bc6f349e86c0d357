import { execFileSync } from 'node:child_process';
import { expect } from 'chai';
import fc from 'fast-check';
import { shellLine } from '../../src/tshark/shell-quote.ts';

/** The arguments that a shell makes of a line. */
function argumentsOf(line: string, shell: string): string[] {
  const script = `set -- ${line}\nprintf '%s\\0' "$@"`;
  const printed = execFileSync(shell, ['-c', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  return printed.toString('utf8').split('\0').slice(0, -1);
}

const awkward = [
  ...[
    '',
    ' ',
    'a b',
    "it's",
    '"',
    '\\',
    '\\n',
    '$HOME',
    '$(id)',
    '`id`',
    '!',
    '!!',
    '~',
    '~root',
    '*',
    '?',
    '[a]',
  ],
  ...[
    '{a,b}',
    '#',
    ';',
    '&',
    '|',
    '<',
    '>',
    '(',
    ')',
    '-',
    '--',
    '-n',
    '=a',
    'a=b',
    '%1',
    '^',
    'Zürich',
    '東京 🦈',
  ],
  ...[
    "'",
    "''",
    "\\'",
    "'\\''",
    'a,b',
    'gui.column.format:"t","%Cus:x:0:R"',
    '%d',
    '\\x41',
    '\u00a0',
    '\u2028',
  ],
];
const control = ['\n', '\t', 'a\nb', '\r\n', '\u001f', '\u001f1', '\u0001f', '\u007f', "\n'\\", '\u0085'];

describe('a command as a line for a shell', () => {
  it('leaves plain words as they are', () => {
    const args = ['-n', '-r', '/tmp/a-b_1.pcap', '-E', 'separator=/t', 'a@b', '50%'];
    expect(shellLine('/usr/bin/tshark', args)).to.equal(
      '/usr/bin/tshark -n -r /tmp/a-b_1.pcap -E separator=/t a@b 50%',
    );
  });

  it('quotes what a shell takes for an assignment, and what zsh looks up', () => {
    expect(shellLine('a=b', ['a=b', '=ls'])).to.equal("'a=b' a=b '=ls'");
  });

  it('gives sh the same words back', () => {
    expect(argumentsOf(shellLine('tshark', awkward), 'sh')).to.deep.equal(['tshark', ...awkward]);
  });

  it('gives bash and any POSIX shell the same words back, control characters included', () => {
    const words = [...awkward, ...control];
    for (const shell of ['bash', 'sh']) {
      expect(argumentsOf(shellLine('tshark', words), shell), shell).to.deep.equal(['tshark', ...words]);
    }
  });

  it('gives bash and any POSIX shell any words back', () => {
    const special = fc.constantFrom(
      "'",
      '"',
      '\\',
      '$',
      '`',
      '!',
      '\n',
      '\t',
      '\u001f',
      '=',
      '~',
      ' ',
      'a',
      'x',
      '1',
    );
    const unit = fc.oneof(special, fc.string({ unit: 'binary', maxLength: 3 }));
    const word = fc.array(unit).map((parts) => parts.join('').replaceAll('\0', ''));
    // Many words to a shell, since each shell takes some milliseconds to start.
    fc.assert(
      fc.property(fc.array(word, { minLength: 20, maxLength: 60 }), (words) => {
        for (const shell of ['bash', 'sh']) {
          expect(argumentsOf(shellLine('x', words), shell), shell).to.deep.equal(['x', ...words]);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('is run by the shell with just these arguments', () => {
    const line = shellLine('printf', ['%s|', ...awkward]);
    expect(execFileSync('sh', ['-c', line]).toString()).to.equal(awkward.map((word) => `${word}|`).join(''));
  });
});
