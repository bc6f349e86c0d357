import { RttsharkError } from '../errors.ts';
import type { IntervalReport, LiveRun } from '../live/live-run.ts';
import type { LiveStatus } from '../measure/live-status.ts';
import type { CaptureResults } from '../measure/capture-collector.ts';
import { liveCsvHeader } from '../report/csv.ts';
import { renderTables } from '../report/analysis-tables.ts';
import { intervalText, labelNamesOf, wholeText } from '../report/live-text.ts';
import type { Console } from './console.ts';
import { LiveScreen } from './live-screen.ts';
import type { Log } from './log.ts';
import type { ResultFormat } from './result-formats.ts';

export interface LiveReportsOptions {
  readonly console: Console;
  readonly log: Log;
  /** A table on a terminal, lines of JSON elsewhere, where it is left out. */
  readonly format: ResultFormat | undefined;
  readonly top: number | undefined;
  readonly intervalSeconds: number;
}

/** The reports of a live capture on standard output. Whoever reads them slowly misses some; nothing waits for him. */
export class LiveReports {
  readonly #options: LiveReportsOptions;
  readonly #format: ResultFormat;
  #screen: LiveScreen | undefined;
  #writing: Promise<void> = Promise.resolve();
  #unwritten = 0;
  #failed = false;

  constructor(options: LiveReportsOptions) {
    const { console } = options;
    this.#options = options;
    this.#format = options.format ?? (console.stdout.isTerminal ? 'table' : 'jsonl');
  }

  /** Whether nobody takes what is written any more. */
  get nobodyReads(): boolean {
    return this.#options.console.outputClosed;
  }

  /** To be called when the capture begins. */
  begin(run: LiveRun): void {
    const { console, intervalSeconds, top } = this.#options;
    if (this.#format === 'csv') this.#write(liveCsvHeader(labelNamesOf(run.results())));
    if (this.#format !== 'table' || !console.stdout.isTerminal) return;
    this.#screen = new LiveScreen({
      console,
      top,
      intervalSeconds,
      nothing: run.results(),
      status: () => run.status(),
    });
  }

  add(report: IntervalReport, status: LiveStatus): void {
    const { start, end, interval, total } = report;
    switch (this.#format) {
      case 'prometheus':
        return;
      case 'table':
        if (this.#screen !== undefined) this.#screen.report(report);
        else this.#write(`${this.#table(interval, status)}\n`);
        return;
      default:
        this.#write(
          intervalText({ interval: { start, end }, measured: interval, sinceStart: total }, this.#format, {
            tsharkVersion: status.tsharkVersion,
            inputs: inputsOf(status),
          }),
        );
    }
  }

  /**
   * What is printed when the capture is over.
   *
   * @param exposition - makes the metrics as Prometheus text
   */
  async end(total: CaptureResults, status: LiveStatus, exposition: () => Promise<string>): Promise<void> {
    if (this.#screen !== undefined) {
      this.#screen.end();
      return;
    }
    const about = { tsharkVersion: status.tsharkVersion, inputs: inputsOf(status) };
    if (this.#format === 'prometheus') this.#write(await exposition());
    else if (this.#format === 'table') this.#write(this.#table(total, status));
    else this.#write(wholeText(total, this.#format, about));
    await this.#writing;
  }

  /** Gives the terminal back, however the capture ended. */
  close(): void {
    this.#screen?.end();
  }

  #table(results: CaptureResults, status: LiveStatus): string {
    const { console, top } = this.#options;
    const { tsharkVersion } = status;
    return renderTables(results, { ...console.stdout, top, inputs: inputsOf(status), tsharkVersion });
  }

  #write(text: string): void {
    if (text === '' || this.nobodyReads) return;
    if (this.#unwritten >= mostUnwritten) {
      this.#fail('The reader of standard output is too slow: reports are left out.');
      return;
    }
    this.#unwritten += 1;
    this.#writing = this.#writing.then(async () => {
      try {
        await this.#options.console.result(text);
        this.#failed = false;
      } catch (error) {
        // A full disk is no reason to stop measuring.
        if (!(error instanceof RttsharkError)) throw error;
        this.#fail(error.message, error.detail);
      } finally {
        this.#unwritten -= 1;
      }
    });
  }

  #fail(message: string, detail?: string): void {
    if (!this.#failed) {
      this.#options.log.warn('report_not_written', message, detail === undefined ? {} : { detail });
    }
    this.#failed = true;
  }
}

const mostUnwritten = 64;

function inputsOf({ sources, samples }: LiveStatus) {
  const [only, ...others] = sources;
  return sources.map(({ name }) => ({
    path: name,
    samples: only !== undefined && others.length === 0 ? samples : null,
    truncated: false,
  }));
}
