import { chmodSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { program, rttshark, runCommand } from '../support/run-command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('command: completion', () => {
  const file = temporaryFolder();
  before(() => {
    writeFileSync(file('rttshark'), `#!/bin/sh\nexec "${process.execPath}" "${program}" "$@"\n`);
    chmodSync(file('rttshark'), 0o755);
    writeFileSync(file('capture one.pcap'), '');
  });

  /** Asks a real shell, in which the script was loaded, what can stand in the place of the last word. */
  const shells: Readonly<Record<string, (words: readonly string[]) => readonly [string, string[]]>> = {
    bash: (words) => [
      'bash',
      [
        '--norc',
        '-c',
        `eval "$(rttshark completion bash)"
         complete -p rttshark >/dev/null || exit 9
         COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMP_LINE="$*"; COMP_POINT=\${#COMP_LINE}
         _rttshark; printf '%s\\n' "\${COMPREPLY[@]}"`,
        'bash',
        ...words,
      ],
    ],
    zsh: (words) => [
      'zsh',
      [
        '-fc',
        `autoload -U compinit && compinit -D && eval "$(rttshark completion zsh)" || exit 9
         [[ $_comps[rttshark] == _rttshark ]] || exit 9
         compadd() { [[ $1 == -- ]] && shift; print -l -- "$@" }
         _files() { print -l -- *(N) }
         words=("$@"); CURRENT=$#; _rttshark`,
        'zsh',
        ...words,
      ],
    ],
    fish: (words) => [
      'fish',
      ['--no-config', '-c', `rttshark completion fish | source; complete -C '${words.join(' ')}'`],
    ],
  };

  for (const [shell, ask] of Object.entries(shells)) {
    describe(`in ${shell}`, () => {
      async function completions(...words: string[]): Promise<string[]> {
        const [command, args] = ask(words);
        const { status, stdout, stderr } = await runCommand(command, args, {
          cwd: file(),
          env: { PATH: `${file()}:${process.env['PATH']}`, HOME: file() },
        });
        expect(status, stderr).to.equal(0);
        expect(stderr).to.equal('');
        return stdout
          .split('\n')
          .map((line) => line.split('\t')[0]!)
          .filter((line) => line !== '');
      }

      it('options are completed', async () => {
        const options = await completions('rttshark', 'analyze', '--pu');
        expect(options).to.include.members(['--push', '--push-method', '--push-timeout', '--push-retries']);
        for (const option of options.filter((word) => word.startsWith('--pu'))) {
          expect(option).to.match(/^--push/);
        }
        expect(await completions('rttshark', 'check', '--tol')).to.include('--tolerance');
      });

      it('commands and files are completed', async () => {
        const commands = await completions('rttshark', '');
        expect(commands).to.include.members(['analyze', 'check', 'delete', 'doctor', 'config', 'completion']);
        expect(await completions('rttshark', 'config', '')).to.include.members(['check', 'show']);
        expect(await completions('rttshark', 'analyze', 'capt')).to.include('capture one.pcap');
      });

      it('values of options are completed', async () => {
        const values = await completions('rttshark', 'analyze', '--format', '');
        expect(values).to.include.members(['table', 'json', 'jsonl', 'csv', 'prometheus']);
      });
    });
  }

  it('is refused for other shells', async () => {
    expect((await rttshark(['completion', 'tcsh'])).status).to.equal(2);
  });
});
