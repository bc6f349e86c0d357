import { setImmediate } from 'node:timers/promises';

/**
 * The bytes of an exposition that comes in chunks, text as UTF-8. Other work has its turn whenever chunks have been made for
 * `sliceMs` milliseconds, so that a hundred thousand series do not keep a capture waiting.
 *
 * @param sliceMs - 10 by default
 */
export async function encodeInSlices(chunks: Iterable<string | Uint8Array>, sliceMs = 10): Promise<Buffer> {
  const buffers: Uint8Array[] = [];
  let sliceEnd = performance.now() + sliceMs;
  for (const chunk of chunks) {
    buffers.push(typeof chunk === 'string' ? Buffer.from(chunk, 'utf8') : chunk);
    if (performance.now() < sliceEnd) continue;
    await setImmediate();
    sliceEnd = performance.now() + sliceMs;
  }
  return Buffer.concat(buffers);
}
