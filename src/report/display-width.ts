import stringWidth from 'string-width';

/** ASCII and what the tables are drawn with: `µ – … ─` and bars. Each takes one cell. */
const oneCellEach = /^[\x20-\x7e\u00b5\u2013\u2026\u2500\u2581-\u2588]*$/;

/** Terminal cells that a text takes. Plain text, which is nearly all there is, needs no look at each character. */
export function displayWidth(text: string): number {
  return oneCellEach.test(text) ? text.length : stringWidth(text);
}

export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - displayWidth(text)));
}

export function padStart(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - displayWidth(text))) + text;
}

/**
 * A text that is too long, with its middle left out: `2001:db8:8…0:7334`. The beginning gets the odd cell.
 *
 * @param unicode - `…` where true, `..` where false
 */
export function shortenMiddle(text: string, width: number, unicode: boolean): string {
  if (displayWidth(text) <= width) return text;
  const ellipsis = unicode ? '…' : '..';
  const kept = width - ellipsis.length;
  if (kept < 1) return ellipsis.slice(0, Math.max(0, width));
  const characters = Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment);
  const start = takeWhileFits(characters, Math.ceil(kept / 2));
  const end = takeWhileFits(characters.reverse(), Math.floor(kept / 2)).reverse();
  return [...start, ellipsis, ...end].join('');
}

/** A text that is too long, with its end left out. */
export function shortenEnd(text: string, width: number, unicode: boolean): string {
  if (displayWidth(text) <= width) return text;
  const ellipsis = unicode ? '…' : '..';
  const kept = width - ellipsis.length;
  if (kept < 1) return ellipsis.slice(0, Math.max(0, width));
  const characters = Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment);
  return takeWhileFits(characters, kept).join('').trimEnd() + ellipsis;
}

function takeWhileFits(characters: readonly string[], width: number): string[] {
  let used = 0;
  const end = characters.findIndex((character) => (used += displayWidth(character)) > width);
  return characters.slice(0, end < 0 ? characters.length : end);
}
