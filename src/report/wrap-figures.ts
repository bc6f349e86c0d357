import { displayWidth, shortenEnd } from './display-width.ts';
import type { Figure } from './live-figures.ts';
import { paint } from './paint.ts';
import { titleSeparator } from './table-title.ts';

export interface WrapOptions {
  readonly width: number;
  /** Of lines. Figures that find no place are left out, the last ones first. */
  readonly height: number;
  readonly colour: boolean;
  readonly unicode: boolean;
}

/** Figures beside each other, on as many lines as they need. */
export function wrapFigures(
  figures: readonly Figure[],
  { width, height, colour, unicode }: WrapOptions,
): string[] {
  const separator = titleSeparator(unicode);
  const lines: { text: string; used: number }[] = [];
  for (const figure of figures) {
    const text = shortenEnd(figure.text, width, unicode);
    const cells = displayWidth(text);
    const painted = figure.style === undefined ? text : paint(text, figure.style, colour);
    const last = lines.at(-1);
    if (last !== undefined && last.used + separator.length + cells <= width) {
      last.text += separator + painted;
      last.used += separator.length + cells;
    } else {
      lines.push({ text: painted, used: cells });
    }
  }
  return lines.slice(0, height).map(({ text }) => text);
}
