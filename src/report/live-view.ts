import { formatDuration } from '../measure/duration.ts';
import type { CaptureState, LiveStatus } from '../measure/live-status.ts';
import type { CounterResult } from '../measure/counter-collector.ts';
import type { MeasurementResult } from '../measure/statistics.ts';
import { renderCounters } from './counter-table.ts';
import { displayWidth, shortenEnd } from './display-width.ts';
import { fitColumns, widthOf } from './fit-columns.ts';
import { liveFigures, type LiveMoment } from './live-figures.ts';
import { changeOf, liveColumns, liveRows, totalRow, type LiveRow } from './live-table.ts';
import { paint, type Style } from './paint.ts';
import { logScale } from './sparkline.ts';
import { moreGroups, scaleText, slowTail, tableLine, type CellStyle } from './table-lines.ts';
import { fittingTitle, titleSeparator } from './table-title.ts';
import { wrapFigures } from './wrap-figures.ts';

/** What is known of a live capture at one moment. */
export interface LiveView {
  readonly now: LiveMoment;
  /** An earlier moment that rates are computed against; undefined: the start. */
  readonly before: LiveMoment | undefined;
  /** Seconds since the epoch. */
  readonly clockSeconds: number;
  /** The last report: the interval's figures and those since the start. Before the first one, no interval is over. */
  readonly interval: MeasurementResult | undefined;
  readonly total: MeasurementResult;
  /** The same of further measurements; none by default. */
  readonly others?: readonly Pick<LiveView, 'interval' | 'total'>[] | undefined;
  /** What was counted since the start; nothing by default. */
  readonly counted?: readonly CounterResult[] | undefined;
  /** How long the interval was. */
  readonly intervalSeconds: number;
  /** Null where there is none to come. */
  readonly nextReportSeconds: number | null;
}

export interface LiveLook {
  /** Columns. Undefined or zero: there is no limit. */
  readonly width: number | undefined;
  /** Lines. Undefined or zero: there is no limit. */
  readonly height: number | undefined;
  readonly colour: boolean;
  /** Whether `µ`, `…`, arrows and bars can be shown. */
  readonly unicode: boolean;
  /** How many groups to show; undefined: all for which there is room. */
  readonly top: number | undefined;
  /** What is measured, in some words. */
  readonly description: string;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** So many lines at most go to what a capture tells of itself. */
const mostFigureLines = 4;
/** The line of the columns' names, the rule and the totals. */
const fixedLines = 3;
/** What the figures are of, and the scale. */
const extraLines = 2;
/** Where there is room for so many groups, or for all, there is some for the extra lines too. */
const comfortableRows = 12;
/** So many groups matter more than what the capture tells of itself. */
const fewestRows = 4;
const notableChange = 0.5;
/** What a table of counters has beside its groups: its name, a free line, the columns, what is hidden, the rule, totals. */
const linesAroundCounts = 6;

/**
 * A live capture as lines to be looked at: a title, what the capture tells of itself, and the table of groups with the
 * interval's figures beside those since the start. No line is wider than the terminal, and there are no more lines than
 * it has.
 */
export function renderLive(view: LiveView, look: LiveLook): string[] {
  const size = { width: limitOf(look.width), height: limitOf(look.height) };
  const { colour, unicode } = look;
  const figureHeight = Math.min(mostFigureLines, Math.max(1, size.height - fixedLines - fewestRows));
  const head = [
    titleLine(view, look, size.width),
    ...wrapFigures(liveFigures({ ...view, unicode }), { ...size, height: figureHeight, colour, unicode }),
  ];
  const tables = allTables(view, look, { ...size, height: size.height - head.length });
  return [...head, ...tables].slice(0, size.height);
}

/** One below the other: each has its share of the room, and what those before it did not take. */
function allTables(view: LiveView, look: LiveLook, { width, height }: Size): string[] {
  const { others = [], counted = [] } = view;
  if (others.length === 0 && counted.length === 0) return tableLines(view, look, { width, height });
  const tables = [view, ...others].map((measured, at) => (room: number) => {
    const heading = others.length === 0 ? [] : [headingLine(measured.total, look, width)];
    const size = { width, height: room - heading.length };
    return [...heading, ...tableLines({ ...view, ...measured }, look, size, at === 0)];
  });
  if (counted.length > 0) tables.push((room) => countedLines(counted, look, { width, height: room }));
  const lines: string[] = [];
  tables.forEach((table, at) => {
    const share = Math.floor((height - lines.length) / (tables.length - at));
    lines.push(...table(share).slice(0, Math.max(0, share)));
  });
  return lines;
}

/** What a table is of, where there are several. */
function headingLine(
  { name, title }: MeasurementResult,
  { colour, unicode }: LiveLook,
  width: number,
): string {
  const [shown = '', ...others] = fittingTitle(
    title === undefined ? [[name]] : [[name, title], [name]],
    width === Infinity ? undefined : width,
    unicode,
  );
  return [paint(shown, 'bold', colour), ...others.map((part) => paint(part, 'dim', colour))].join(
    paint(titleSeparator(unicode), 'dim', colour),
  );
}

function countedLines(counted: readonly CounterResult[], look: LiveLook, { width, height }: Size): string[] {
  const { colour, unicode, top = Infinity } = look;
  const shown = Math.max(0, Math.min(top, height - linesAroundCounts));
  return renderCounters(counted, {
    colour,
    unicode,
    top: shown === Infinity ? undefined : shown,
    width: width === Infinity ? undefined : width,
  })
    .trimEnd()
    .split('\n');
}

function limitOf(cells: number | undefined): number {
  return cells === undefined || cells === 0 ? Infinity : cells;
}

function titleLine(
  { now, total, others = [] }: LiveView,
  { colour, unicode, description }: LiveLook,
  width: number,
): string {
  const { state, sources, sampledShare, tsharkVersion } = now.status;
  const from = sources.map(({ name }) => name).join(', ');
  const share = sampledShare === 1 ? '' : shareText(sampledShare);
  const version = `tshark ${tsharkVersion}`;
  const names = [total, ...others.map((other) => other.total)].map(({ name }) => name).join(', ');
  const [name = '', ...parts] = fittingTitle(
    [
      [names, state, from, share, others.length === 0 ? description : '', version],
      [names, state, from, share, version],
      [names, state, from, share],
    ],
    width === Infinity ? undefined : width,
    unicode,
  );
  const painted = parts.map((part) => paint(part, part === state ? stateStyles[state] : 'dim', colour));
  return [paint(name, 'bold', colour), ...painted].join(paint(titleSeparator(unicode), 'dim', colour));
}

const stateStyles: Readonly<Record<CaptureState, Style>> = {
  starting: 'dim',
  running: 'green',
  waiting: 'yellow',
  stopping: 'dim',
};

/** `1 flow in 8`, `37.5 % of the flows`. */
function shareText(share: LiveStatus['sampledShare']): string {
  const oneIn = 1 / share;
  const isWhole = Math.abs(oneIn - Math.round(oneIn)) < 1e-9;
  return isWhole
    ? `1 flow in ${Math.round(oneIn)}`
    : `${Number((share * 100).toPrecision(3))} % of the flows`;
}

function tableLines(view: LiveView, look: LiveLook, { width, height }: Size, tellsInterval = true): string[] {
  const { total } = view;
  const { colour, unicode, top = Infinity } = look;
  const interval = view.interval ?? emptyInterval(total);
  const fit = (line: string) => (displayWidth(line) <= width ? line : shortenEnd(line, width, unicode));
  if (total.total.count === 0) return ['', paint(fit('No samples so far.'), 'dim', colour)];

  const rows = liveRows(interval, total);
  const wanted = Math.min(rows.length, top);
  const isRoomy = height >= fixedLines + extraLines + Math.min(wanted + 1, comfortableRows);
  const room = Math.max(0, height - fixedLines - (isRoomy ? extraLines : 0));
  const shown = rows.slice(0, shownCount(rows.length, wanted, room));
  const hidden = rows.length - shown.length;
  const scale = unicode ? logScale(total.distribution) : undefined;
  const all = [...shown, totalRow(interval, total)];
  const columns = fitColumns(
    liveColumns(all, total.labelNames, { unicode, scale }),
    width === Infinity ? undefined : width,
    unicode,
  );
  const cellsAt = (at: number, row: LiveRow) =>
    tableLine(columns, ({ cells }) => cells.at(at), rowStyle(row, colour));
  const showsScale = isRoomy && scale !== undefined && columns.some(({ kind }) => kind === 'distribution');
  const over = isRoomy && tellsInterval ? [paint(fit(intervalText(view, unicode)), 'dim', colour)] : [];
  return [
    ...over,
    paint(
      tableLine(columns, ({ header }) => header),
      'dim',
      colour,
    ),
    ...shown.map((row, at) => {
      const line = cellsAt(at, row);
      return row.interval === null ? paint(line, 'dim', colour) : line;
    }),
    ...(hidden === 0 ? [] : [paint(fit(moreGroups(hidden, unicode)), 'dim', colour)]),
    ...(rows.length === 0 ? [] : [paint((unicode ? '─' : '-').repeat(widthOf(columns)), 'dim', colour)]),
    paint(
      tableLine(columns, ({ cells }) => cells.at(-1)),
      'bold',
      colour,
    ),
    ...(showsScale ? [paint(scaleText(scale), 'dim', colour)] : []),
  ];
}

/** How many groups find a place, where one line may be needed to say that there are more. */
function shownCount(groups: number, wanted: number, room: number): number {
  if (wanted === groups && groups <= room) return groups;
  return Math.min(wanted, Math.max(0, room - 1));
}

function rowStyle(row: LiveRow, colour: boolean): CellStyle {
  if (row.interval === null) return (text) => text;
  const tail = slowTail(row.interval, colour);
  const change = changeOf(row);
  return (text, column) => {
    if (column.kind !== 'change' || change === null) return tail(text, column);
    if (change < 0) return paint(text, 'green', colour);
    return paint(text, change >= notableChange ? 'red' : 'yellow', colour);
  };
}

function intervalText({ interval, intervalSeconds }: LiveView, unicode: boolean): string {
  if (interval === undefined) return 'No interval is over yet; total is since the start.';
  const length = formatDuration(intervalSeconds, { unicode, trimZeros: true });
  return `The last ${length}; total, distribution and change of p95: since the start.`;
}

function emptyInterval(total: MeasurementResult): MeasurementResult {
  const none = { count: 0, sum: 0, mean: null, stddev: null, min: null, max: null, p50: null, p90: null };
  return {
    ...total,
    groups: [],
    total: { ...none, p95: null, p99: null, first_seen: null, last_seen: null },
  };
}
