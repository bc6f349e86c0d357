import { paint } from './paint.ts';
import { printable } from './printable.ts';

/** A field that can be asked for. */
export interface ReportedField {
  /** tshark's name. */
  readonly name: string;
  /** tshark's type, as in `FT_UINT16`. */
  readonly type: string;
  /** The type of the column that it becomes. */
  readonly column: string;
  readonly description: string;
}

/** Longer names than this push no other column out. */
const widestName = 48;

/** A line for each field, in the order given, below a line of headers; in pieces. Nothing is shortened. */
export function* renderFields(
  fields: readonly ReportedField[],
  { colour, unicode }: { colour: boolean; unicode: boolean },
): Generator<string> {
  if (fields.length === 0) return;
  const widthOf = (header: string, textOf: (field: ReportedField) => string, most = Infinity) =>
    fields.reduce((width, field) => Math.max(width, Math.min(most, textOf(field).length)), header.length);
  const widths = [
    widthOf('name', ({ name }) => name, widestName),
    widthOf('type', ({ type }) => shortType(type)),
    widthOf('column', ({ column }) => column),
  ];
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd();
  yield `${paint(line(['name', 'type', 'column', 'description']), 'dim', colour)}\n`;
  for (const { name, type, column, description } of fields)
    yield `${line([name, shortType(type), column, printable(description, unicode)])}\n`;
}

/** All of tshark's types begin with the same three letters. */
function shortType(type: string): string {
  return type.replace(/^FT_/, '');
}
