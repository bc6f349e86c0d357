import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { examples } from './markdown.ts';
import { projectFolder, projectText } from './project-files.ts';

/** Inside of the project, where `import 'rttshark'` finds the built package. */
const build = path.join(projectFolder, 'build');

async function outputOf(code: string): Promise<string> {
  await mkdir(build, { recursive: true });
  const folder = await mkdtemp(path.join(build, 'example-'));
  try {
    const file = path.join(folder, 'example.ts');
    await writeFile(file, code);
    const run = await promisify(execFile)(process.execPath, ['--import', 'tsx', file], {
      cwd: projectFolder,
    });
    return run.stdout;
  } finally {
    await rm(folder, { recursive: true });
  }
}

describe('the examples of the documents print what stands below them', () => {
  it('README.md begins its one with "// README example"', () => {
    expect(examples(projectText('README.md')).map(({ code }) => code.split('\n')[0])).to.deep.equal([
      '// README example',
    ]);
  });

  for (const document of [
    'README.md',
    'docs/library.md',
    'docs/from-pyshark.md',
    'docs/metrics-library.md',
    'docs/recipes.md',
    'docs/start-here.md',
    'docs/arrow-parquet.md',
    'docs/extract.md',
  ]) {
    const found = examples(projectText(document));
    it(`${document} has some`, () => {
      expect(found).not.to.be.empty;
    });
    for (const [at, { code, output }] of found.entries()) {
      it(`${document}, example ${at + 1}`, async () => {
        expect(await outputOf(code)).to.equal(output);
      });
    }
  }
});
