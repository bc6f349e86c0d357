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
  const [first, what, from, version] = [name, description, inputsText(inputs), `tshark ${tsharkVersion}`];
  return fittingTitle(
    [
      [first, what, from, version],
      [first, what, from],
      [first, from],
    ],
    width,
    unicode,
  ).join(titleSeparator(unicode));
}

/** What stands between the parts of a title. */
export function titleSeparator(unicode: boolean): string {
  return unicode ? ' · ' : ' | ';
}

/**
 * The first of several titles that fits; where none does, the last one, shortened in the middle to a single part.
 *
 * @param titles - each as its parts; empty ones are left out
 * @param width - terminal cells; undefined: there is no limit
 */
export function fittingTitle(
  titles: readonly (readonly string[])[],
  width: number | undefined,
  unicode: boolean,
): string[] {
  const separator = titleSeparator(unicode);
  const shown = titles.map((parts) =>
    parts.filter((part) => part !== '').map((part) => printable(part, unicode)),
  );
  const shortest = shown.at(-1) ?? [];
  if (width === undefined) return shown[0] ?? shortest;
  return (
    shown.find((parts) => displayWidth(parts.join(separator)) <= width) ?? [
      shortenMiddle(shortest.join(separator), width, unicode),
    ]
  );
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
