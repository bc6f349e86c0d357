import { formatDuration } from '../measure/duration.ts';
import type { LiveStatus } from '../measure/live-status.ts';
import { elapsedText } from './elapsed.ts';
import { groupThousands } from './figure-cells.ts';
import type { Style } from './paint.ts';

/** A capture's state at one moment. */
export interface LiveMoment {
  readonly status: LiveStatus;
  /** By a clock that never steps: seconds since the capture began. */
  readonly elapsedSeconds: number;
}

/** Some words on a terminal. */
export interface Figure {
  readonly text: string;
  /** Undefined: as it is. */
  readonly style?: Style;
}

export interface FigureOptions {
  readonly now: LiveMoment;
  /** What rates are computed against; undefined: the start. */
  readonly before: LiveMoment | undefined;
  /** Seconds since the epoch, which the time of the last push is compared with. */
  readonly clockSeconds: number;
  /** Until the next report; null where there is none to come. */
  readonly nextReportSeconds: number | null;
  readonly unicode: boolean;
}

/** What a capture tells of itself, most important first. What is zero and should be is left out, but for drops. */
export function liveFigures(options: FigureOptions): Figure[] {
  const { now, before, nextReportSeconds, unicode } = options;
  const { status, elapsedSeconds } = now;
  const rate = (count: (status: LiveStatus) => number) => rateText(count, now, before);
  return [
    { text: elapsedText(elapsedSeconds) },
    { text: `${counted(packetsOf(status), 'packet')} ${rate(packetsOf)}` },
    { text: `${counted(status.samples, 'sample')} ${rate(({ samples }) => samples)}` },
    droppedFigure(status, before?.status),
    ...gapFigures(status, unicode),
    ...lossFigures(status),
    ...lagFigures(status, unicode),
    ...pushFigures(status, options.clockSeconds),
    { text: `generation ${groupThousands(status.generations)}`, style: 'dim' },
    ...(status.tsharkMemoryBytes === null
      ? []
      : [{ text: `tshark ${bytesText(status.tsharkMemoryBytes)}`, style: 'dim' as const }]),
    ...ringFigures(status),
    ...(nextReportSeconds === null
      ? []
      : [{ text: `next report in ${Math.max(0, Math.ceil(nextReportSeconds))} s`, style: 'dim' as const }]),
  ];
}

/** Packets of all sources. */
export function packetsOf({ sources }: LiveStatus): number {
  return sources.reduce((sum, { packets }) => sum + packets, 0);
}

/** Packets that any source lost, whoever lost them. */
export function droppedOf({ sources }: LiveStatus): number {
  return sources.reduce((sum, { dropped }) => sum + dropped.kernel + dropped.program + dropped.interface, 0);
}

function rateText(
  count: (status: LiveStatus) => number,
  now: LiveMoment,
  before: LiveMoment | undefined,
): string {
  const seconds = now.elapsedSeconds - (before?.elapsedSeconds ?? 0);
  const more = count(now.status) - (before === undefined ? 0 : count(before.status));
  const perSecond = seconds > 0 ? Math.max(0, more) / seconds : 0;
  return `(${groupThousands(Math.round(perSecond))}/s)`;
}

function droppedFigure(status: LiveStatus, before: LiveStatus | undefined): Figure {
  const dropped = droppedOf(status);
  if (dropped === 0) {
    const isKnown = status.sources.every(({ dropsAreLive }) => dropsAreLive);
    return { text: isKnown ? '0 dropped' : 'drops are known at the end', style: 'dim' };
  }
  const share = (dropped / (dropped + packetsOf(status))) * 100;
  const goesOn = before !== undefined && dropped > droppedOf(before);
  return {
    text: `${groupThousands(dropped)} dropped (${percentText(share)})`,
    style: goesOn ? 'red' : 'yellow',
  };
}

function gapFigures({ gaps, gapSeconds, restarts }: LiveStatus, unicode: boolean): Figure[] {
  const restarted = restarts.reduce((sum, { count }) => sum + count, 0);
  return [
    ...(gaps === 0
      ? []
      : [
          {
            text: `${counted(gaps, 'gap')} (${formatDuration(gapSeconds, { unicode })})`,
            style: 'yellow' as const,
          },
        ]),
    ...(restarted === 0 ? [] : [{ text: counted(restarted, 'restart'), style: 'yellow' as const }]),
  ];
}

function lossFigures({ malformedRows, malformedValues, samplesInOther, maxGroups }: LiveStatus): Figure[] {
  const malformed = malformedRows + malformedValues;
  return [
    ...(malformed === 0
      ? []
      : [{ text: `${groupThousands(malformed)} malformed`, style: 'yellow' as const }]),
    ...(samplesInOther === 0
      ? []
      : [
          {
            text: `${counted(samplesInOther, 'sample')} beyond ${counted(maxGroups, 'group')}`,
            style: 'yellow' as const,
          },
        ]),
  ];
}

function lagFigures({ lagSeconds, worstLagSeconds }: LiveStatus, unicode: boolean): Figure[] {
  if (lagSeconds === null) return [];
  const worst = worstLagSeconds === null ? '' : ` (worst ${formatDuration(worstLagSeconds, { unicode })})`;
  return [{ text: `lag ${formatDuration(lagSeconds, { unicode })}${worst}` }];
}

function pushFigures({ pushes }: LiveStatus, clockSeconds: number): Figure[] {
  const failed = Object.values(pushes.failed).reduce((sum, count) => sum + count, 0);
  const failures: Figure[] =
    failed === 0 ? [] : [{ text: `${counted(failed, 'push', 'pushes')} failed`, style: 'yellow' }];
  if (pushes.lastSuccessAt === null) return failures;
  return [{ text: `pushed ${elapsedText(clockSeconds - pushes.lastSuccessAt)} ago` }, ...failures];
}

function ringFigures({ ring }: LiveStatus): Figure[] {
  if (ring === null) return [];
  return [
    { text: `${counted(ring.files, 'file')} of ${bytesText(ring.bytes)}`, style: 'dim' },
    ...(ring.lostPackets === 0
      ? []
      : [{ text: `${counted(ring.lostPackets, 'packet')} not written`, style: 'red' as const }]),
  ];
}

function counted(count: number, one: string, many = `${one}s`): string {
  return `${groupThousands(count)} ${count === 1 ? one : many}`;
}

function percentText(percent: number): string {
  return percent < 0.01 ? '<0.01 %' : `${Number(percent.toPrecision(2))} %`;
}

function bytesText(bytes: number): string {
  if (bytes >= 1e9) return `${(bytes / 1e9).toFixed(1)} GB`;
  return bytes >= 1e6 ? `${Math.round(bytes / 1e6)} MB` : `${Math.ceil(bytes / 1e3)} kB`;
}
