import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { anchors, linkTargets } from './markdown.ts';
import { markdownFiles, projectFolder, projectText } from './project-files.ts';

/** What is wrong with a link; null where nothing is. Links out of the project are not looked at. */
function problemOf(target: string, file: string): string | null {
  if (/^[a-z]+:/.test(target)) return null;
  const [name = '', anchor] = target.split('#');
  const linked = name === '' ? file : path.join(path.dirname(file), name);
  if (!existsSync(path.join(projectFolder, linked))) return `${target}: there is no ${linked}`;
  if (anchor === undefined || anchors(projectText(linked)).includes(anchor)) return null;
  return `${target}: ${linked} has no such heading`;
}

describe('the links of the documents', () => {
  const files = markdownFiles();

  it('are looked for in all of them', () => {
    expect(files).to.include.members(['README.md', 'docs/cli.md', 'fixtures/README.md']);
    expect(files.flatMap((file) => linkTargets(projectText(file)))).to.have.length.above(20);
  });

  for (const file of files) {
    it(`lead somewhere: ${file}`, () => {
      const problems = linkTargets(projectText(file)).map((target) => problemOf(target, file));
      expect(problems.filter((problem) => problem !== null)).to.deep.equal([]);
    });
  }
});
