import { setTimeout as sleep } from 'node:timers/promises';

const lineFeed = 0x0a;

/** A prompt reader lets more come together than two or three rows, which is what tshark writes at once. */
const gatherMs = 10;
const enoughBytes = 8192;

export interface LineBlocksOptions {
  /** After lines that are few, wait a moment for more. */
  readonly gather?: boolean;
  /** Is told at the end whether the input ended inside of a line, which is dropped: a value may have been cut in two. */
  readonly onEnd: (cutShort: boolean) => void;
}

/**
 * Bytes in blocks of whole lines, as they come: one or two at a time, since only a line that two pieces share is copied.
 * An error of the input is passed on after the lines before it.
 */
export async function* lineBlocks(
  input: AsyncIterable<Uint8Array>,
  { gather = false, onEnd }: LineBlocksOptions,
): AsyncGenerator<Buffer[], void, undefined> {
  let begun: Buffer[] = [];
  let failure: { readonly error: unknown } | undefined;
  try {
    for await (const piece of input) {
      const bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
      const end = bytes.lastIndexOf(lineFeed) + 1;
      if (end === 0) {
        if (bytes.length > 0) begun.push(bytes);
        continue;
      }
      const start = begun.length === 0 ? 0 : bytes.indexOf(lineFeed) + 1;
      const blocks: Buffer[] = start === 0 ? [] : [Buffer.concat([...begun, bytes.subarray(0, start)])];
      if (end > start) blocks.push(bytes.subarray(start, end));
      begun = end < bytes.length ? [bytes.subarray(end)] : [];
      yield blocks;
      if (gather && bytes.length < enoughBytes) await sleep(gatherMs);
    }
  } catch (error) {
    failure = { error };
  }
  onEnd(begun.length > 0);
  if (failure !== undefined) throw failure.error;
}
