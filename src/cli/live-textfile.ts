import type { RttsharkError } from '../errors.ts';
import { liveExposition, type ExpositionOptions } from '../live/exposition.ts';
import type { LiveRun } from '../live/live-run.ts';
import { PushLoop } from '../live/push-loop.ts';
import { writeTextfile } from '../sinks/textfile.ts';
import type { LiveSink } from './live-sinks.ts';
import type { Log } from './log.ts';

export interface LiveTextfileOptions {
  readonly run: LiveRun;
  readonly file: string;
  readonly exposition: ExpositionOptions;
  readonly log: Log;
}

/** The text file of a live capture: written anew at each interval, and a last time. */
export class LiveTextfile implements LiveSink {
  readonly #loop: PushLoop;
  #isLast = false;

  constructor({ run, file, exposition, log }: LiveTextfileOptions) {
    this.#loop = new PushLoop({
      push: async () => {
        await writeTextfile(file, (await liveExposition(run, 'text', exposition)).body);
      },
      onSuccess: (failuresBefore) => {
        if (failuresBefore === 0) return;
        log.info('textfile_recovered', `The text file "${file}" is written again.`, {
          failures: failuresBefore,
        });
      },
      onFailure: (error, failuresBefore) => {
        if (failuresBefore === 0 || this.#isLast) log.error(error, 'textfile_failed');
        else log.debug('textfile_failed', error.message, { code: error.code });
      },
    });
  }

  start(): void {
    this.#loop.start();
  }

  async end(): Promise<RttsharkError | undefined> {
    this.#isLast = true;
    return await this.#loop.last();
  }

  stop(): void {
    this.#loop.stop();
  }
}
