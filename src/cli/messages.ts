import type { RttsharkError } from '../errors.ts';
import { paint } from '../report/paint.ts';
import { printable } from '../report/printable.ts';

interface Look {
  readonly colour: boolean;
}

/**
 * An error for people: what failed, the words of tshark or the server, and what to do next.
 *
 * @param explained - lines that stand before what to do next
 */
export function errorText(error: RttsharkError, { colour }: Look, explained: readonly string[] = []): string {
  const detail = (error.detail ?? '').split('\n').filter((line) => line.trim() !== '');
  return [
    `${paint('rttshark:', 'red', colour)} ${shown(error.message)}`,
    ...[...detail, ...explained].map((line) => `  ${shown(line)}`),
    ...(error.hint === undefined ? [] : [`  ${paint(shown(error.hint), 'dim', colour)}`]),
  ]
    .map((line) => `${line}\n`)
    .join('');
}

/** Something worth knowing that is no error. */
export function noteText(text: string, { colour }: Look): string {
  return `${paint('rttshark:', 'dim', colour)} ${shown(text)}\n`;
}

/** What a bug looks like: everything that helps to mend it. */
export function bugText(error: unknown, version: string): string {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return [
    'rttshark: this is a bug in rttshark, not in what you did.',
    stack,
    '',
    `rttshark ${version}, Node ${process.version}, ${process.platform} ${process.arch}`,
    'Please report it with these lines, and what "rttshark doctor" prints, to the issue tracker of rttshark.',
    '',
  ].join('\n');
}

/** Names and words of others, without what would steer the terminal. */
function shown(text: string): string {
  return printable(text.replaceAll('\t', '  '), true);
}
