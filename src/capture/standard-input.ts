import { constants, fstatSync, openSync } from 'node:fs';
import { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { RttsharkError } from '../errors.ts';
import { openKernelPipe } from '../tshark/kernel-pipe.ts';
import { endsWithinFrame } from './frame-end.ts';
import { FrameFollower } from './frame-follower.ts';
import { unreadable } from './input-file.ts';

/** Standard input, made ready for tshark to read. */
export interface FedInput {
  /** What tshark gets as its standard input. */
  readonly stdin: number | 'inherit';
  /** Bytes passed on so far; undefined where tshark reads by itself. */
  bytes(): number | undefined;
  /** The size of a file that is redirected; undefined for a pipe. */
  readonly size: number | undefined;
  /** Whether it was a compressed capture that ended within a frame, as far as can be told; see {@link endsWithinFrame}. */
  endedWithinFrame(): boolean;
  /** What went wrong with reading it; undefined where nothing did. */
  failure(): string | undefined;
  /** Stops passing on. */
  close(): void;
}

/**
 * Our standard input for tshark. A redirected file is handed over as it is. Everything else is passed on through
 * a pipe of our own, since tshark reads no socket, which a pipe from another Node program is.
 *
 * @param signal - ends the wait for the first bytes, and with it the stream; what is thrown then is its reason
 * @throws RttsharkError `usage` for a terminal, `input_unreadable` where it is closed, empty or a folder
 */
export async function standardInput(
  signal: AbortSignal,
  input: Readable & { isTTY?: boolean } = process.stdin,
): Promise<FedInput> {
  if (input.isTTY === true) {
    throw new RttsharkError('usage', 'Standard input is a terminal, not a capture.', {
      hint: 'Pipe or redirect a capture: "tcpdump -w - | rttshark analyze -".',
    });
  }
  const stats = fstatSync(0);
  if (stats.isDirectory()) throw unreadable('-', 'is a folder');
  if (stats.isFile()) {
    if (stats.size === 0) throw unreadable('-', 'is empty');
    return {
      stdin: 'inherit',
      bytes: () => undefined,
      size: stats.size,
      endedWithinFrame: () => endsWithinFrame(0),
      failure: () => undefined,
      close: () => undefined,
    };
  }
  return await passOn(input, signal, '-');
}

/** `-` for a path that names our standard input, which a subprocess would take for its own. */
export function asStandardInput(path: string): string {
  return /^\/(?:dev\/stdin|(?:dev|proc\/self)\/fd\/0)$/.test(path) ? '-' : path;
}

/**
 * A path that names an open file descriptor, as a shell's `<(command)` gives: tshark could not open it itself.
 *
 * @throws RttsharkError `input_unreadable` for a socket, which cannot be opened in this way
 */
export function openDescriptor(path: string): number | null {
  if (!/^\/(?:dev|proc\/self)\/fd\/\d+$/.test(path)) return null;
  try {
    return openSync(path, 'r');
  } catch (error) {
    throw unreadable(path, 'cannot be opened', undefined, String(error));
  }
}

/**
 * A FIFO that nobody has opened for writing yet opens at once in this way, and has nothing to read until somebody does.
 * Waiting for it in another way would take a thread, and keep us from ending.
 *
 * @throws RttsharkError `input_unreadable`
 */
export function openWithoutWaiting(path: string): number {
  try {
    return openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    throw unreadable(path, 'cannot be opened', undefined, String(error));
  }
}

/**
 * A stream of bytes for tshark, whatever they come from: see {@link standardInput}. It is destroyed in the end.
 *
 * @param name - what it is called in messages
 * @throws RttsharkError `input_unreadable` where it is empty, or fails before its first byte
 */
export async function passOn(input: Readable, signal: AbortSignal, name: string): Promise<FedInput> {
  if (!(await hasBytes(input, signal, name))) throw unreadable(name, 'is empty');
  const pipe = await openKernelPipe();
  const writer = new Socket({ fd: pipe.writeEnd, readable: false, writable: true });
  const frames = new FrameFollower();
  let bytes = 0;
  const count = (chunk: Buffer) => {
    bytes += chunk.length;
    frames.write(chunk);
  };
  input.on('data', count);
  let closed = false;
  let failure: string | undefined;
  // tshark stops reading at the end of what it was asked for, or where the capture is damaged.
  writer.on('error', () => {
    closed = true;
    input.unpipe(writer);
    input.destroy();
  });
  // A stream that fails, or is gone before its end, ends nothing by itself: tshark would wait for ever.
  input.on('error', (error) => {
    failure = error.message;
  });
  input.on('close', () => {
    if (!input.readableEnded && !closed) failure ??= 'it was closed before its end';
    writer.end();
  });
  input.pipe(writer);
  return {
    stdin: pipe.readEnd,
    bytes: () => bytes,
    size: undefined,
    endedWithinFrame: () => input.readableEnded && frames.end() === 'cut',
    failure: () => failure,
    close: () => {
      closed = true;
      input.unpipe(writer);
      input.off('data', count);
      input.destroy();
      writer.destroy();
    },
  };
}

/** Waits for the first bytes, and puts them back; false where the stream ends without any. */
async function hasBytes(input: Readable, signal: AbortSignal, name: string): Promise<boolean> {
  return await new Promise((resolve, reject) => {
    const settle = (action: () => void) => {
      signal.removeEventListener('abort', onAbort);
      input.off('readable', onReadable).off('end', onEnd).off('error', onError);
      action();
    };
    const onReadable = () => {
      const chunk = input.read() as Buffer | null;
      if (chunk === null) return;
      // At once: a stream that has nothing left ends, and takes nothing back after that.
      input.unshift(chunk);
      settle(() => {
        resolve(true);
      });
    };
    const onEnd = () => {
      settle(() => {
        resolve(false);
      });
    };
    const onError = (error: Error) => {
      settle(() => {
        reject(unreadable(name, 'cannot be read', undefined, error.message));
      });
    };
    const onAbort = () => {
      settle(() => {
        input.destroy();
        reject(signal.reason as Error);
      });
    };
    input.on('readable', onReadable).on('end', onEnd).on('error', onError);
    signal.addEventListener('abort', onAbort);
    if (signal.aborted) onAbort();
  });
}
