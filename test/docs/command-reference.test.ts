import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { exitStatusOf } from '../../src/errors.ts';
import { referenceFiles } from '../../scripts/reference/written-files.ts';
import { anchors, linkTargets } from './markdown.ts';
import { projectFolder, projectText } from './project-files.ts';

const run = promisify(execFile);

async function printed(program: string, ...args: string[]): Promise<string> {
  const { stdout } = await run(program, args, { cwd: projectFolder, maxBuffer: 1 << 24 });
  return stdout;
}

describe('what is written from the commands', () => {
  for (const [path, text] of referenceFiles()) {
    it(`${path} is up to date: npm run reference writes it`, () => {
      expect(projectText(path)).to.equal(text);
    });
  }

  it('docs/commands.md has its own headings right', () => {
    const page = projectText('docs/commands.md');
    const own = linkTargets(page).filter((target) => target.startsWith('#'));
    expect(own).not.to.be.empty;
    expect(anchors(page)).to.include.members(own.map((target) => target.slice(1)));
  });

  it('has each option that the help of each command shows', async () => {
    const help = await printed(process.execPath, 'bin/rttshark.js', '--help');
    const commands = Array.from(help.matchAll(/^ {2}rttshark (\S+)/gm), ([, name = '']) => name);
    expect(commands).not.to.be.empty;
    const sections = projectText('docs/commands.md').split(/^## rttshark /m);
    for (const command of commands) {
      const page = await printed(process.execPath, 'bin/rttshark.js', command, '--help');
      const shown = Array.from(page.matchAll(/^ {2}(?:-\w, | {4})--([a-z-]+)/gm), ([, name = '']) => name);
      const listed = sections.find((each) => each.startsWith(`${command}\n`)) ?? '';
      const missing = shown.filter(
        (name) => name !== 'help' && name !== 'version' && !listed.includes(`\`--${name}\``),
      );
      expect(missing, command).to.deep.equal([]);
    }
  });

  it('the man page is roff that has nothing wrong in it, and is readable', async () => {
    const lint = await printed('mandoc', '-T', 'lint', '-W', 'error', 'man/rttshark.1');
    expect(lint).to.equal('');
    // Bold and underlined letters are overstruck.
    const page = (await printed('mandoc', '-T', 'utf8', 'man/rttshark.1')).replace(/.\x08/g, '');
    for (const heading of ['NAME', 'SYNOPSIS', 'DESCRIPTION', 'COMMANDS', 'EXIT STATUS', 'FILES'])
      expect(page).to.match(new RegExp(`^${heading}$`, 'm'));
    expect(page).to.include('rttshark analyze *.pcapng --format prometheus > rtt.prom');
    for (const status of Object.values(exitStatusOf))
      expect(page).to.match(new RegExp(`^ {4,8}${status} `, 'm'));
  });
});
