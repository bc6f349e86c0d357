import type { AnalysisInput } from './analysis-document.ts';
import { displayWidth, shortenMiddle } from './display-width.ts';
import { printable } from './printable.ts';

export interface TitleParts {
  /** The measurement's name. */
  readonly name: string;
  /** What is measured, in some words. */
  readonly description: string;
  readonly inputs: readonly AnalysisInput[];
  readonly tsharkVersion: string;
}

/**
 * What is said of a measurement above its table, name first. Where it is too wide, the version goes first, then the
 * description; then the inputs are shortened in the middle.
 */
export function titleText(
  { name, description, inputs, tsharkVersion }: TitleParts,
  width: number | undefined,
  unicode: boolean,
): string {
  const separator = unicode ? ' · ' : ' | ';
  const [first, what, from, version] = [name, description, inputsText(inputs), `tshark ${tsharkVersion}`].map(
    (part) => printable(part, unicode),
  );
  const candidates = [
    [first, what, from, version],
    [first, what, from],
    [first, from],
  ];
  const titles = candidates.map((parts) => parts.filter((part) => part !== '').join(separator));
  const shortest = titles.at(-1) ?? '';
  if (width === undefined) return titles[0] ?? shortest;
  return titles.find((title) => displayWidth(title) <= width) ?? shortenMiddle(shortest, width, unicode);
}

/** The names of up to three captures, otherwise how many there are. */
export function inputsText(inputs: readonly AnalysisInput[]): string {
  if (inputs.length <= 3) {
    return inputs
      .map(
        ({ path, truncated }) => (path === '-' ? 'standard input' : path) + (truncated ? ' (cut short)' : ''),
      )
      .join(', ');
  }
  const cut = inputs.filter(({ truncated }) => truncated).length;
  return `${inputs.length} captures${cut === 0 ? '' : ` (${cut} cut short)`}`;
}
