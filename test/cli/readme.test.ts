import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { projectFolder, runCommand } from '../support/run-command.ts';

/** The first fenced block of a language whose text begins as said, and the text block right behind it. */
function exampleOf(readme: string): { code: string; output: string } {
  const [, code, output] = /```ts\n(\/\/ README example\n[^]*?)```\s+```text\n([^]*?)```/.exec(readme) ?? [];
  if (code === undefined || output === undefined)
    throw new Error('The README has no example with its output.');
  return { code, output };
}

describe('README: the example of the library', () => {
  it('prints what the README says', async () => {
    const { code, output } = exampleOf(readFileSync(path.join(projectFolder, 'README.md'), 'utf8'));
    // Inside of the package, where 'rttshark' is the package itself.
    const file = path.join(projectFolder, 'build', `readme-example-${process.pid}.ts`);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, code);
    try {
      const { status, stdout, stderr } = await runCommand(process.execPath, ['--import', 'tsx', file]);
      expect(status, stderr).to.equal(0);
      expect(stdout).to.equal(output);
    } finally {
      rmSync(file);
    }
  });
});
