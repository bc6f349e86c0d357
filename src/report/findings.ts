import type { Style } from './paint.ts';
import { paint } from './paint.ts';

/** One thing that was looked at. */
export interface ReportedFinding {
  readonly name: string;
  readonly state: 'ok' | 'failed' | 'limited';
  readonly detail: string;
  readonly mend: string | null;
}

const marks = {
  ok: { unicode: '✔', plain: 'ok     ', style: 'green' },
  limited: { unicode: '!', plain: 'limited', style: 'yellow' },
  failed: { unicode: '✘', plain: 'failed ', style: 'red' },
} as const satisfies Record<ReportedFinding['state'], { unicode: string; plain: string; style: Style }>;

/** A line for each finding, and below it how to mend what is wrong. */
export function renderFindings(
  findings: readonly ReportedFinding[],
  { colour, unicode }: { colour: boolean; unicode: boolean },
): string {
  const width = Math.max(...findings.map(({ name }) => name.length));
  return findings
    .flatMap(({ name, state, detail, mend }) => {
      const mark = marks[state];
      const indent = ' '.repeat((unicode ? 1 : mark.plain.length) + width + 4);
      return [
        `${paint(unicode ? mark.unicode : mark.plain, mark.style, colour)} ${name.padEnd(width)}   ${detail}\n`,
        ...(mend === null ? [] : [`${indent}${paint(mend, 'dim', colour)}\n`]),
      ];
    })
    .join('');
}
