import { stripVTControlCharacters } from 'node:util';
import { displayWidth } from '../report/display-width.ts';

export const hideCursor = '\u001b[?25l';
export const showCursor = '\u001b[?25h';

const clearToLineEnd = '\u001b[K';
const clearBelow = '\u001b[J';
/** A line that is too wide is cut off by the terminal, instead of going on in the next one. */
const wrapOff = '\u001b[?7l';
const wrapOn = '\u001b[?7h';

/** What stands on the terminal, with the cursor at the start of the line below. */
export interface Drawn {
  readonly lines: readonly string[];
  /** How wide the terminal was when they were drawn. */
  readonly drawnColumns: number;
  /** How wide it is now. */
  readonly columns: number;
}

/**
 * What has to be written to have lines stand where others did. While the terminal keeps its width, nothing is cleared
 * before it is written over, so that nothing flickers.
 */
export function frameText(lines: readonly string[], before: Drawn): string {
  // Behind a full line the cursor stands on the last character, which clearing would take away.
  const body = lines
    .map((line) => `${line}${widthOf(line) < before.columns ? clearToLineEnd : ''}\n`)
    .join('');
  // A line that was broken and is only written over can come together with the next one when the terminal gets wider.
  const clear = before.columns === before.drawnColumns ? '' : clearBelow;
  return `${toStart(before)}${clear}${wrapOff}${body}${clearBelow}${wrapOn}`;
}

/** What has to be written to have none of the lines any more, and the cursor where they began. */
export function eraseText(before: Drawn): string {
  return `${toStart(before)}${clearBelow}`;
}

function toStart(before: Drawn): string {
  const rows = rowsNow(before);
  return rows === 0 ? '\r' : `\r\u001b[${rows}A`;
}

/** Terminals that got narrower have broken each line that was wider into several. */
function rowsNow({ lines, drawnColumns, columns }: Drawn): number {
  if (columns >= drawnColumns) return lines.length;
  return lines.reduce((rows, line) => rows + Math.max(1, Math.ceil(widthOf(line) / columns)), 0);
}

function widthOf(line: string): number {
  return displayWidth(stripVTControlCharacters(line));
}
