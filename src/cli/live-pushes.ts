import { RttsharkError } from '../errors.ts';
import { liveExposition, type ExpositionOptions } from '../live/exposition.ts';
import type { LiveRun } from '../live/live-run.ts';
import { PushLoop } from '../live/push-loop.ts';
import type { PushCounts } from '../measure/live-status.ts';
import { deleteFromGateway, pushAddToGateway, pushToGateway } from '../sinks/push.ts';
import type { Gateway } from './gateway.ts';
import type { LiveFlags } from './live-flags.ts';
import type { LiveSink } from './live-sinks.ts';
import type { Log } from './log.ts';

export interface LivePushesOptions {
  readonly run: LiveRun;
  readonly gateway: Gateway;
  readonly exposition: ExpositionOptions;
  readonly format: 'text' | 'protobuf';
  readonly flags: Pick<LiveFlags, 'pushMethod' | 'pushCompression' | 'deleteOnExit'>;
  readonly log: Log;
}

/** The pushes of a live capture: one at each interval, and a last one. */
export class LivePushes implements LiveSink {
  readonly #options: LivePushesOptions;
  readonly #loop: PushLoop;
  /** Only the last push is worth trying again: each other one is followed by a better one. */
  #isLast = false;

  constructor(options: LivePushesOptions) {
    this.#options = options;
    const { log, gateway } = options;
    this.#loop = new PushLoop({
      push: (signal) => this.#push(signal),
      onSuccess: (failuresBefore) => {
        if (failuresBefore === 0) return;
        log.info(
          'push_recovered',
          `Pushing to "${gateway.groupUrl}" works again: nothing is missing there.`,
          {
            failures: failuresBefore,
          },
        );
      },
      onFailure: (error, failuresBefore) => {
        // The reason is said once, for each push sends everything; and at the end, where none is left to make it good.
        if (failuresBefore === 0 || this.#isLast) log.error(error, 'push_failed');
        else log.debug('push_failed', error.message, { code: error.code });
      },
    });
  }

  counts(): PushCounts {
    return this.#loop.counts();
  }

  start(): void {
    this.#loop.start();
  }

  stop(): void {
    this.#loop.stop();
  }

  /**
   * The last push, and with `--delete-on-exit` the deletion that follows it.
   *
   * @returns why it failed, which has been logged; undefined where it did not
   */
  async end(): Promise<RttsharkError | undefined> {
    const { gateway, flags, log } = this.#options;
    this.#isLast = true;
    const failure = await this.#loop.last();
    if (!flags.deleteOnExit) return failure;
    try {
      await deleteFromGateway(gateway.url, gateway.options);
      log.info('group_deleted', `Deleted the group "${gateway.groupUrl}".`);
      return failure;
    } catch (error) {
      if (!(error instanceof RttsharkError)) throw error;
      log.error(error, 'group_not_deleted');
      return failure ?? error;
    }
  }

  async #push(signal: AbortSignal): Promise<void> {
    const { run, gateway, exposition, format, flags } = this.#options;
    const { contentType, body } = await liveExposition(run, format, exposition);
    const push = flags.pushMethod === 'put' ? pushToGateway : pushAddToGateway;
    await push(gateway.url, {
      ...gateway.options,
      ...(this.#isLast ? {} : { retries: 0 }),
      onRetry: ({ error, pauseMs }) => {
        const fields = { code: error.code, pause_ms: pauseMs };
        this.#options.log.warn('push_retried', `${error.message} It is tried again.`, fields);
      },
      metrics: body,
      contentType,
      compression: flags.pushCompression,
      signal,
    });
  }
}
