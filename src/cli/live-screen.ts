import type { IntervalReport } from '../live/live-run.ts';
import type { LiveStatus } from '../measure/live-status.ts';
import type { CaptureResults } from '../measure/capture-collector.ts';
import type { LiveMoment } from '../report/live-figures.ts';
import { renderLive } from '../report/live-view.ts';
import type { Console } from './console.ts';
import { Screen } from './screen.ts';

export interface LiveScreenOptions {
  readonly console: Console;
  /** How many groups to show; undefined: all for which there is room. */
  readonly top: number | undefined;
  readonly intervalSeconds: number;
  /** What is known before the first report: nothing. */
  readonly nothing: CaptureResults;
  /** The capture's state at the moment when it is called. */
  readonly status: () => LiveStatus;
}

/** Figures are drawn anew so often; tables change with each report. */
const refreshMs = 1000;
/** Rates are those of the last so many refreshes. */
const rateMoments = 5;

/** The reports of a live capture on a terminal, in place. */
export class LiveScreen {
  readonly #options: LiveScreenOptions;
  readonly #screen: Screen;
  readonly #startedMs = performance.now();
  readonly #moments: LiveMoment[] = [];
  readonly #timer: NodeJS.Timeout;
  #lastReportMs = performance.now();
  #intervalSeconds = 0;
  #interval: CaptureResults | undefined;
  #total: CaptureResults;

  constructor(options: LiveScreenOptions) {
    this.#options = options;
    this.#total = options.nothing;
    const inPlace = process.env['TERM'] !== 'dumb';
    this.#screen = new Screen({
      console: options.console,
      output: process.stdout,
      inPlace,
      // The cursor rests below what is drawn.
      render: () => this.#lines(inPlace ? process.stdout.rows - 1 : undefined),
    });
    this.#timer = setInterval(() => {
      this.#remember();
      this.#screen.refresh();
    }, refreshMs);
    this.#remember();
    this.#screen.refresh();
  }

  report({ start, end, interval, total }: IntervalReport): void {
    this.#lastReportMs = performance.now();
    this.#intervalSeconds = end - start;
    this.#interval = interval;
    this.#total = total;
    this.#screen.report();
  }

  /** Leaves the last report on the terminal. May be called again. */
  end(): void {
    clearInterval(this.#timer);
    this.#screen.end(this.#lines(undefined, true));
  }

  #lines(height: number | undefined, isLast = false): string[] {
    const { console, top, intervalSeconds } = this.#options;
    const [total, ...others] = this.#total.measurements;
    const now = this.#moment();
    const sinceReportSeconds = (performance.now() - this.#lastReportMs) / 1000;
    const { colour, unicode } = console.stdout;
    return renderLive(
      {
        now,
        before: isLast ? undefined : this.#moments[0],
        clockSeconds: Date.now() / 1000,
        interval: this.#interval?.measurements[0],
        total,
        others: others.map((other, i) => ({ interval: this.#interval?.measurements[i + 1], total: other })),
        counted: this.#total.counters,
        intervalSeconds: this.#intervalSeconds,
        nextReportSeconds: isLast ? null : Math.max(0, intervalSeconds - sinceReportSeconds),
      },
      {
        width: process.stdout.columns,
        height,
        colour,
        unicode,
        top,
        description: total.title ?? total.field,
      },
    );
  }

  #moment(): LiveMoment {
    return {
      status: this.#options.status(),
      elapsedSeconds: (performance.now() - this.#startedMs) / 1000,
    };
  }

  #remember(): void {
    this.#moments.push(this.#moment());
    if (this.#moments.length > rateMoments) this.#moments.shift();
  }
}
