import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { fixture, program, runCommand } from '../support/run-command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { commandBlocks, outputPattern } from './markdown.ts';
import { projectText } from './project-files.ts';

describe('docs/start-here.md', () => {
  const file = temporaryFolder();

  before(() => {
    mkdirSync(file('bin'), { recursive: true });
    mkdirSync(file('page'));
    copyFileSync(fixture('demo.pcap'), file('page/capture.pcap'));
    const script = `#!/bin/bash\nexec '${process.execPath}' '${program}' "$@"\n`;
    writeFileSync(file('bin/rttshark'), script, { mode: 0o755 });
  });

  for (const { commands, output } of commandBlocks(projectText('docs/start-here.md'))) {
    it(`has commands that do what stands below them: ${commands.split('\n')[0] ?? ''}`, async () => {
      const { status, stdout, stderr } = await runCommand('bash', ['-c', commands], {
        cwd: file('page'),
        env: { PATH: `${file('bin')}:${process.env['PATH'] ?? ''}` },
      });
      expect(status, stderr).to.equal(0);
      expect(stdout).to.match(outputPattern(output ?? ''));
    });
  }
});
