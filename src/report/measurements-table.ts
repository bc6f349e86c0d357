import { displayWidth, padEnd } from './display-width.ts';
import { paint } from './paint.ts';
import { printable } from './printable.ts';

/** Something that can be measured. */
export interface ListedMeasurement {
  /** As after `--measure`. */
  readonly measure: string;
  /** As in results. */
  readonly name: string;
  readonly field: string;
  /** What the field counts; results are seconds always. */
  readonly field_unit: string;
  /** A display filter that packets must pass beside having the field; null for most. */
  readonly filter: string | null;
  /** Labels of its own. */
  readonly labels: readonly string[];
  /** The name of its histogram. */
  readonly metric: string;
  readonly title: string;
  /** Whether the installed tshark has the field. */
  readonly known: boolean;
}

/** A line for each measurement, in the order given, below a line of headers. Nothing is shortened. */
export function renderMeasurements(
  measurements: readonly ListedMeasurement[],
  { colour, unicode }: { colour: boolean; unicode: boolean },
): string {
  const rows = measurements.map(({ measure, field, field_unit: unit, filter, metric, title, known }) => [
    measure,
    filter === null ? field : `${field} and (${filter})`,
    unit,
    metric,
    known ? title : `${title} (not known to this tshark)`,
  ]);
  const headers = ['measure', 'field', 'unit', 'metric', 'what it is'];
  const shown = rows.map((row) => row.map((text) => printable(text, unicode)));
  const widths = headers.map((header, at) =>
    Math.max(displayWidth(header), ...shown.map((row) => displayWidth(row[at] ?? ''))),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((text, at) => padEnd(text, widths[at] ?? 0))
      .join('  ')
      .trimEnd();
  return [
    paint(line(headers), 'dim', colour),
    ...shown.map((row, at) =>
      measurements[at]?.known === true ? line(row) : paint(line(row), 'yellow', colour),
    ),
  ]
    .map((text) => `${text}\n`)
    .join('');
}
