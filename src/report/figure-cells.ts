import { formatDuration } from '../measure/duration.ts';

/** `12345` as `12,345`, the same in every locale. */
export function groupThousands(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

/**
 * Durations as the cells of a column that is aligned on the unit: `812 ns`, `2.05 s `. Null is a dash below the
 * numbers.
 */
export function durationCells(seconds: readonly (number | null)[], unicode: boolean): string[] {
  const parts = seconds.map((value) =>
    value === null ? [unicode ? '–' : '-', ''] : formatDuration(value, { unicode }).split(' '),
  );
  const unitWidth = parts.reduce((widest, [, unit = '']) => Math.max(widest, unit.length), 0);
  return parts.map(([number = '', unit = '']) => `${number} ${unit.padEnd(unitWidth)}`);
}
