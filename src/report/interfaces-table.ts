import { displayWidth, padEnd, padStart } from './display-width.ts';
import { paint, type Style } from './paint.ts';
import { printable } from './printable.ts';

/** An interface to capture on. */
export interface ReportedInterface {
  readonly number: number;
  readonly name: string;
  readonly description: string | null;
  readonly type: string;
  readonly addresses: readonly string[];
  readonly loopback: boolean;
  readonly state: 'up' | 'down' | 'unknown';
}

const stateStyles = { up: 'green', down: 'yellow', unknown: 'dim' } as const satisfies Record<string, Style>;

/** A line for each interface, in the order given, below a line of headers. Nothing is shortened. */
export function renderInterfaces(
  interfaces: readonly ReportedInterface[],
  { colour, unicode }: { colour: boolean; unicode: boolean },
): string {
  const rows = interfaces.map((one) => [
    one.number.toString(),
    printable(one.name, unicode),
    one.state,
    one.loopback ? 'loopback' : one.type,
    one.addresses.join(' '),
    printable(one.description ?? '', unicode),
  ]);
  const headers = ['', 'name', 'state', 'type', 'addresses', 'description'];
  const widths = headers.map((header, at) =>
    Math.max(displayWidth(header), ...rows.map((row) => displayWidth(row[at] ?? ''))),
  );
  const pad = (text: string, at: number) => (at === 0 ? padStart : padEnd)(text, widths[at] ?? 0);
  const line = (cells: readonly string[]) => cells.join('  ').trimEnd();
  return [
    paint(line(headers.map(pad)), 'dim', colour),
    ...rows.map((row, at) => {
      const style = stateStyles[interfaces[at]?.state ?? 'unknown'];
      return line(row.map(pad).map((cell, column) => (column === 2 ? paint(cell, style, colour) : cell)));
    }),
  ]
    .map((text) => `${text}\n`)
    .join('');
}
