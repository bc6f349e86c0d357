import { displayWidth, padEnd } from './display-width.ts';
import { paint } from './paint.ts';
import { printable } from './printable.ts';

/** The value of an option of a command. */
export interface ReportedSetting {
  readonly command: string;
  readonly name: string;
  readonly value: string;
  /** Where the value comes from. */
  readonly origin: string;
  /** False for a default. */
  readonly isSet: boolean;
}

/**
 * A line for each setting, in the order given, below a line of headers. What several commands have with the same value
 * from the same place is one line. Nothing is shortened.
 */
export function renderSettings(
  settings: readonly ReportedSetting[],
  { colour, unicode }: { colour: boolean; unicode: boolean },
): string {
  const lines = new Map<string, { commands: string[]; setting: ReportedSetting }>();
  for (const setting of settings) {
    const key = JSON.stringify([setting.name, setting.value, setting.origin]);
    const line = lines.get(key);
    if (line === undefined) lines.set(key, { commands: [setting.command], setting });
    else line.commands.push(setting.command);
  }
  const rows = [...lines.values()].map(({ commands, setting: { name, value, origin, isSet } }) => {
    const cells = [name, printable(value, unicode), printable(origin, unicode), commands.join(' ')];
    return { cells, isSet };
  });
  const headers = ['option', 'value', 'from', 'commands'];
  const widths = headers.map((header, at) =>
    Math.max(displayWidth(header), ...rows.map(({ cells }) => displayWidth(cells[at] ?? ''))),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, at) => padEnd(cell, widths[at] ?? 0))
      .join('  ')
      .trimEnd();
  return [
    paint(line(headers), 'dim', colour),
    ...rows.map(({ cells, isSet }) => (isSet ? line(cells) : paint(line(cells), 'dim', colour))),
  ]
    .map((text) => `${text}\n`)
    .join('');
}
