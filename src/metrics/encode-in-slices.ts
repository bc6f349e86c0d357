import { setImmediate } from 'node:timers/promises';

/**
 * The bytes (UTF-8) of a text that comes in chunks. Other work has its turn whenever chunks have been made for
 * `sliceMs` milliseconds, so that a hundred thousand series do not keep a capture waiting.
 *
 * @param sliceMs - 10 by default
 */
export async function encodeInSlices(chunks: Iterable<string>, sliceMs = 10): Promise<Buffer> {
  const buffers: Buffer[] = [];
  let sliceEnd = performance.now() + sliceMs;
  for (const chunk of chunks) {
    buffers.push(Buffer.from(chunk, 'utf8'));
    if (performance.now() < sliceEnd) continue;
    await setImmediate();
    sliceEnd = performance.now() + sliceMs;
  }
  return Buffer.concat(buffers);
}
