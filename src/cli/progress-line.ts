import { shortenEnd } from '../report/display-width.ts';

/** What a progress line is made of. */
export interface ProgressFigures {
  /** Undefined where nobody can tell. */
  readonly bytesRead: number | undefined;
  readonly bytesTotal: number | undefined;
  readonly rows: number;
  readonly elapsedMs: number;
}

/**
 * One line that says how far the work is: share of the input, samples, rate, time left.
 *
 * @param width - columns of the terminal; the line is shorter
 */
export function progressText(
  figures: ProgressFigures,
  { width, unicode }: { width: number; unicode: boolean },
): string {
  const { bytesRead, bytesTotal, rows, elapsedMs } = figures;
  const seconds = elapsedMs / 1000;
  const share = bytesRead === undefined || !bytesTotal ? undefined : Math.min(1, bytesRead / bytesTotal);
  const parts = [
    ...(share === undefined ? [] : [`${bar(share, unicode)} ${Math.floor(share * 100)}%`]),
    ...(share === undefined && bytesRead !== undefined ? [`${megabytes(bytesRead)} read`] : []),
    `${grouped(rows)} samples`,
    `${grouped(Math.round(rows / Math.max(seconds, 0.001)))}/s`,
    ...(bytesRead === undefined ? [] : [`${megabytes(bytesRead / Math.max(seconds, 0.001))}/s`]),
    ...(share === undefined || share < 0.01 ? [] : [`${duration((seconds * (1 - share)) / share)} left`]),
  ];
  return shortenEnd(parts.join('  '), width - 1, unicode);
}

function bar(share: number, unicode: boolean): string {
  const cells = 20;
  const full = Math.round(share * cells);
  return unicode
    ? '█'.repeat(full) + '░'.repeat(cells - full)
    : `[${'#'.repeat(full)}${'-'.repeat(cells - full)}]`;
}

function grouped(count: number): string {
  return count.toString().replace(/\B(?=(?:\d{3})+$)/g, ',');
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

function duration(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}
