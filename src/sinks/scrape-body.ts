/** Writing an answer no faster than it is read, and no slower than it must be. */

import type { ServerResponse } from 'node:http';

const sliceBytes = 65_536;

/**
 * Writes a body and ends the answer. At most one slice is held for the client beside the body itself. A client that does
 * not take a slice in time is cut off.
 *
 * @param stalledMs - how long one slice of 64 KiB may take
 * @returns when all is handed over, or the connection is gone
 */
export async function writeBody(
  response: ServerResponse,
  body: Uint8Array,
  stalledMs: number,
): Promise<void> {
  for (let from = 0; from < body.length && !response.destroyed; from += sliceBytes) {
    const flows = response.write(body.subarray(from, from + sliceBytes));
    if (!flows) await heard(response, 'drain', stalledMs);
  }
  if (response.destroyed) return;
  response.end();
  if (!response.writableFinished) await heard(response, 'finish', stalledMs);
}

async function heard(response: ServerResponse, event: 'drain' | 'finish', stalledMs: number): Promise<void> {
  const timer = setTimeout(() => response.destroy(), stalledMs);
  await new Promise<void>((resolve) => {
    const done = (): void => {
      response.off(event, done).off('close', done);
      resolve();
    };
    response.on(event, done).on('close', done);
  });
  clearTimeout(timer);
}
