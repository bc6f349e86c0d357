import { readFileSync } from 'node:fs';

/** Exit statuses and what they mean, as docs/cli.md has them; a test holds its table against the code. */
export function exitStatuses(): [status: string, meaning: string][] {
  const text = readFileSync(new URL('../../docs/cli.md', import.meta.url), 'utf8');
  const table = text.slice(text.indexOf('\n## Exit status\n'));
  return Array.from(table.matchAll(/^\| (\d+) \| [^|]*\| ([^|]*) \|$/gm), ([, status = '', meaning = '']) => [
    status,
    meaning.replaceAll('`', ''),
  ]);
}
