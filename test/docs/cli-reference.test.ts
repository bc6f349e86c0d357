import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { exitStatusOf } from '../../src/errors.ts';
import { section, tableRows } from './markdown.ts';
import { projectFolder, projectText } from './project-files.ts';

const reference = 'docs/cli.md';
const commands = [
  'analyze',
  'live',
  'extract',
  'check',
  'delete',
  'interfaces',
  'fields',
  'measurements',
  'doctor',
  'config',
  'completion',
];

/** One option as a help page shows it. */
interface ShownOption {
  /** With their dashes, the long one last: `-Y`, `--display-filter`. */
  readonly names: readonly string[];
  /** Undefined where none is shown, and for an option that is on or off. */
  readonly defaultValue: string | undefined;
}

async function help(...words: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [path.join(projectFolder, 'bin/rttshark.js'), ...words, '--help'],
    { env: { ...process.env, LANG: 'C.UTF-8' } },
  );
  return stdout;
}

function shownOptions(page: string): ShownOption[] {
  const [, ...entries] = page.split(/^ {2}(?=(?:-\w, | {4})--[a-z])/m);
  return entries.map((entry) => {
    const [, names = ''] = /^ *((?:-\w, )?--[a-z-]+)/.exec(entry) ?? [];
    const [, shown] = /\[default:\s+([^\]]*)\]/.exec(entry) ?? [];
    const value = shown?.replace(/\s+/g, ' ').replaceAll('"', '');
    return {
      names: names.split(', '),
      defaultValue: /^(?:true|false)$/.test(value ?? '') ? undefined : value,
    };
  });
}

/** The section of a command, as rows of its tables. */
function documentedRows(command: string): string[][] {
  const text = section(projectText(reference), `rttshark ${command}`);
  if (text === null) throw new Error(`${reference} has no section "rttshark ${command}".`);
  return tableRows(text);
}

function namesIn(cell: string | undefined): string[] {
  return Array.from((cell ?? '').matchAll(/`(--?[a-zA-Z][a-z-]*)`/g), ([, name = '']) => name);
}

describe('docs/cli.md', () => {
  it('has a section for each command that the help lists, and no other', async () => {
    const listed = Array.from((await help()).matchAll(/^ {2}rttshark (\S+)/gm), ([, name]) => name);
    const documented = Array.from(
      projectText(reference).matchAll(/^## rttshark (\S+)$/gm),
      ([, name]) => name,
    );
    expect(listed).to.deep.equal(commands);
    expect(documented).to.deep.equal(commands);
  });

  for (const command of commands) {
    it(`names the options of ${command}, all of them and no others`, async () => {
      const shown = shownOptions(await help(command)).flatMap(({ names }) => names);
      const documented = documentedRows(command).flatMap(([option]) => namesIn(option));
      expect(shown).to.include.members(['--help', '--version']);
      expect(documented).to.have.members(shown);
    });

    it(`gives the defaults of ${command} that the help shows`, async () => {
      const rows = documentedRows(command).filter(
        ([option, , meaning]) => namesIn(option).length > 0 && meaning,
      );
      const wrong = shownOptions(await help(command)).filter(({ names, defaultValue }) => {
        const row = rows.find(([option]) => namesIn(option).some((name) => names.includes(name)));
        return (
          defaultValue !== undefined && row !== undefined && row[1]?.replaceAll('`', '') !== defaultValue
        );
      });
      expect(wrong).to.deep.equal([]);
    });
  }
});

describe('the tables of exit statuses', () => {
  it('in docs/cli.md have every code with its status', () => {
    const rows = tableRows(section(projectText(reference), 'Exit status') ?? '');
    const documented = rows.map(([status, code]) => [code?.replaceAll('`', ''), Number(status)]);
    expect(documented).to.deep.equal([['', 0], ['', 1], ...Object.entries(exitStatusOf)]);
  });

  it('in README.md have every status', () => {
    const rows = tableRows(section(projectText('README.md'), 'Exit status') ?? '');
    expect(rows.map(([status]) => Number(status))).to.deep.equal([0, 1, ...Object.values(exitStatusOf)]);
  });
});
