import { readFileSync } from 'node:fs';
import { programSummary } from '../../src/cli/command-pages.ts';
import { commandEntries } from './command-entries.ts';
import { commandMarkdown } from './command-markdown.ts';
import { exitStatuses } from './exit-statuses.ts';
import { manPage } from './man-page.ts';

const project = new URL('../../', import.meta.url);

/** The files that are made of the commands: their paths in the project, and what is to be in them. */
export function referenceFiles(): ReadonlyMap<string, string> {
  const { version } = JSON.parse(readFileSync(new URL('package.json', project), 'utf8')) as {
    version: string;
  };
  const commands = commandEntries();
  return new Map([
    ['docs/commands.md', commandMarkdown(commands)],
    ['man/rttshark.1', manPage({ version, summary: programSummary, commands, exitStatuses: exitStatuses() })],
  ]);
}
