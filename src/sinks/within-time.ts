/** A limit on how long a piece of work may take. */

/** How the work ended. */
export type Outcome<T> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'timed_out' }
  | { readonly kind: 'aborted' };

/**
 * Runs work until it ends, the time is up, or the caller gives up, whichever is first. The work's own signal aborts
 * in the last two cases; work that does not listen to it is left behind.
 */
export async function withinTime<T>(
  timeoutMs: number,
  signal: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<Outcome<T>> {
  if (signal?.aborted === true) return { kind: 'aborted' };
  const controller = new AbortController();
  let onAbort: (() => void) | undefined;
  let timer: NodeJS.Timeout | undefined;
  const stopped = new Promise<Outcome<T>>((resolve) => {
    const stop = (kind: 'timed_out' | 'aborted'): void => {
      resolve({ kind });
      controller.abort();
    };
    onAbort = () => {
      stop('aborted');
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    timer = setTimeout(stop, timeoutMs, 'timed_out');
  });
  const finished = settle(work, controller.signal);
  try {
    const outcome = await Promise.race([stopped, finished]);
    return outcome;
  } finally {
    clearTimeout(timer);
    if (onAbort !== undefined) signal?.removeEventListener('abort', onAbort);
  }
}

async function settle<T>(
  work: (signal: AbortSignal) => Promise<T>,
  signal: AbortSignal,
): Promise<Outcome<T>> {
  try {
    return { kind: 'done', value: await work(signal) };
  } catch (error) {
    return { kind: 'failed', error };
  }
}
