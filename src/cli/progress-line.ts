import { shortenEnd } from '../report/display-width.ts';

/** What a progress line is made of. */
export interface ProgressFigures {
  /** Undefined where nobody can tell. */
  readonly bytesRead: number | undefined;
  readonly bytesTotal: number | undefined;
  readonly rows: number;
  readonly elapsedMs: number;
  /** Undefined while nobody can tell. */
  readonly secondsLeft: number | undefined;
}

/** How much of the input has been read, 0 to 1; undefined where nobody can tell. */
export function shareRead({
  bytesRead,
  bytesTotal,
}: Pick<ProgressFigures, 'bytesRead' | 'bytesTotal'>): number | undefined {
  return bytesRead === undefined || !bytesTotal ? undefined : Math.min(1, bytesRead / bytesTotal);
}

/**
 * One line that says how far the work is: share of the input, samples, rate, time left.
 *
 * @param width - columns of the terminal; the line is shorter
 * @param counted - what the rows are called
 */
export function progressText(
  figures: ProgressFigures,
  { width, unicode, counted = 'samples' }: { width: number; unicode: boolean; counted?: 'samples' | 'rows' },
): string {
  const { bytesRead, rows, elapsedMs, secondsLeft } = figures;
  const seconds = elapsedMs / 1000;
  const share = shareRead(figures);
  const parts = [
    ...(share === undefined ? [] : [`${bar(share, unicode)} ${Math.floor(share * 100)}%`]),
    ...(share === undefined && bytesRead !== undefined ? [`${megabytes(bytesRead)} read`] : []),
    `${grouped(rows)} ${counted}`,
    `${grouped(Math.round(rows / Math.max(seconds, 0.001)))}/s`,
    ...(bytesRead === undefined ? [] : [`${megabytes(bytesRead / Math.max(seconds, 0.001))}/s`]),
    ...(secondsLeft === undefined ? [] : [`${duration(secondsLeft)} left`]),
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
