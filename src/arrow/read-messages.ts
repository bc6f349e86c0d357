import { FlatView } from './flat-view.ts';
import { continuation, magic } from './format.ts';

export interface ReadMessage {
  /** Which of `headerOf` it is. */
  readonly header: number;
  readonly content: FlatView;
  readonly body: Uint8Array;
}

/**
 * The messages of a stream, or of a file, which is a stream between two marks.
 *
 * Throws RangeError where one goes beyond the end.
 */
export function* messagesIn(bytes: Uint8Array): Generator<ReadMessage, void, undefined> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = hasMagic(bytes, 0) ? 8 : 0;
  while (at < bytes.length) {
    // Before 2019 the length stood alone.
    const prefix = view.getUint32(at, true) === continuation ? 8 : 4;
    const length = view.getInt32(at + prefix - 4, true);
    if (length === 0) return;
    const start = at + prefix;
    const message = FlatView.of(part(bytes, start, length));
    const bodyLength = message.long(3);
    const content = message.table(2);
    const body = part(bytes, start + length, bodyLength);
    if (content !== undefined) yield { header: message.byte(1), content, body };
    at = start + length + bodyLength;
  }
}

/**
 * The schema at the end of a file, which some writers do not repeat at its beginning; undefined for a stream, and where
 * the end is missing.
 */
export function footerSchema(bytes: Uint8Array): FlatView | undefined {
  const end = bytes.length - magic.length;
  if (end < 12 || !hasMagic(bytes, 0) || !hasMagic(bytes, end)) return undefined;
  const length = new DataView(bytes.buffer, bytes.byteOffset).getInt32(end - 4, true);
  return FlatView.of(part(bytes, end - 4 - length, length)).table(1);
}

function hasMagic(bytes: Uint8Array, start: number): boolean {
  return magic.every((byte, at) => bytes[start + at] === byte);
}

/** Throws RangeError where there are not so many bytes. */
export function part(bytes: Uint8Array, start: number, length: number): Uint8Array {
  if (length < 0 || start < 0 || start + length > bytes.length) {
    throw new RangeError(`Bytes ${start} to ${start + length} of ${bytes.length} are asked for.`);
  }
  return bytes.subarray(start, start + length);
}
