/**
 * Walking along the frames of a compressed file, from header to header, without decompressing anything: enough to
 * tell whether the file ends where its last frame does. Pure: whoever drives a walk brings the bytes.
 */

/** What a walk asks for: the `take` bytes that follow the next `skip` bytes. */
export interface Step {
  readonly skip: number;
  readonly take: number;
  /** The file may end here: fewer bytes are answered with what there is. Elsewhere they mean that it is cut short. */
  readonly mayEnd?: boolean;
}

/** `unknown`: something is there that this walk does not understand, so nothing can be said of the end. */
export type FrameVerdict = 'whole' | 'cut' | 'unknown';

export type FrameWalk = Generator<Step, FrameVerdict, Uint8Array>;

/** Walks from behind a frame's magic number; gives what is left to skip at the frame's end, null for what is odd. */
export type FrameBody = Generator<Step, number | null, Uint8Array>;

/** Both formats know frames of arbitrary data, whose magic numbers differ in the last four bits only. */
const skippableMagic = 0x184d2a50;

/** Frames of one format, one after the other, with skippable ones between them. */
export function* walkFrames(magic: number, body: () => FrameBody): FrameWalk {
  let skip = 0;
  for (;;) {
    const start = yield { skip, take: 4, mayEnd: true };
    if (start.length === 0) return 'whole';
    if (start.length < 4) return beginsWith(magic, start) ? 'cut' : 'unknown';
    const found = littleEndian(start);
    if (found === magic) {
      const rest = yield* body();
      if (rest === null) return 'unknown';
      skip = rest;
    } else if ((found & ~0xf) === skippableMagic) {
      skip = littleEndian(yield { skip: 0, take: 4 });
    } else {
      return 'unknown';
    }
  }
}

/** The number that these bytes are, least significant first; four at most. */
export function littleEndian(bytes: Uint8Array): number {
  return bytes.reduceRight((value, byte) => value * 0x100 + byte, 0);
}

function beginsWith(magic: number, start: Uint8Array): boolean {
  return start.every((byte, i) => byte === ((magic >>> (8 * i)) & 0xff));
}
