import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { projectFolder, runCommand } from '../support/run-command.ts';

const api = path.join(projectFolder, 'docs/api');

function pages(folder: string): Map<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.md'),
  );
  return new Map(names.sort().map((name) => [name, readFileSync(path.join(folder, name), 'utf8')]));
}

describe('docs/api', function () {
  this.timeout(120_000);
  const folder = mkdtempSync(path.join(os.tmpdir(), 'rttshark-api-'));

  after(() => {
    rmSync(folder, { recursive: true });
  });

  it('is what "npm run api" writes, with a page for each export', async () => {
    const typedoc = path.join(projectFolder, 'node_modules/typedoc/bin/typedoc');
    const { status, stderr } = await runCommand(process.execPath, [typedoc, '--out', folder], {
      cwd: projectFolder,
      longestRunMs: 110_000,
    });
    expect(status, stderr).to.equal(0);
    const [written, kept] = [pages(folder), pages(api)];
    expect([...kept.keys()]).to.deep.equal([...written.keys()]);
    const stale = [...written].filter(([name, text]) => kept.get(name) !== text).map(([name]) => name);
    expect(stale, 'npm run api writes them').to.deep.equal([]);
    const exported = Object.keys(await import('rttshark'));
    const documented = [...kept.keys()].map((name) => path.basename(name, '.md'));
    expect(documented).to.include.members(exported);
  });
});
