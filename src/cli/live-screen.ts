import type { IntervalReport } from '../live/live-run.ts';
import type { LiveStatus } from '../measure/live-status.ts';
import type { Console } from './console.ts';

export interface LiveScreenOptions {
  readonly console: Console;
  readonly top: number | undefined;
  readonly description: string;
}

/** The reports of a live capture on a terminal, in place. */
export class LiveScreen {
  readonly #options: LiveScreenOptions;

  constructor(options: LiveScreenOptions) {
    this.#options = options;
  }

  begin(status: () => LiveStatus): LiveStatus {
    return status();
  }

  report(report: IntervalReport): void {
    void this.#options.console.result(`${report.total.total.count}\n`);
  }

  end(): void {
    // Nothing is drawn yet.
  }
}
