import type { CaptureInput } from '../capture/capture-request.ts';
import { capture, type Capture } from './capture.ts';
import type { ReadingOptions } from './capture-options.ts';
import type { InterfacesInput, PacketsInput, PipeInput, RemoteInput } from './capture-source.ts';
import type { ColumnWishes, FieldsWanted, SchemaOfFields } from './typed-fields.ts';

/** A capture file, or several that are read as one in time order; see {@link capture}. */
export function fileCapture<const F extends FieldsWanted, const W extends ColumnWishes = object>(
  input: CaptureInput,
  options: ReadingOptions<F> & W,
): Capture<SchemaOfFields<F, W>> {
  return capture<F, W>({ ...options, input });
}

/** Interfaces of this host, with `write` into files beside; see {@link capture}. */
export function liveCapture<const F extends FieldsWanted, const W extends ColumnWishes = object>(
  interfaces: string | readonly string[],
  options: ReadingOptions<F> & W & Omit<InterfacesInput, 'interfaces'>,
): Capture<SchemaOfFields<F, W>> {
  return capture<F, W>({ ...options, input: { ...options, interfaces } });
}

/** An interface of another host, through ssh, as in `ssh://user@host`; see {@link capture}. */
export function remoteCapture<const F extends FieldsWanted, const W extends ColumnWishes = object>(
  remote: string,
  options: ReadingOptions<F> & W & Omit<RemoteInput, 'remote'>,
): Capture<SchemaOfFields<F, W>> {
  return capture<F, W>({ ...options, input: { ...options, remote } });
}

/** What somebody else captures and writes into a pipe or a stream, on and on; see {@link capture}. */
export function pipeCapture<const F extends FieldsWanted, const W extends ColumnWishes = object>(
  pipe: PipeInput['pipe'],
  options: ReadingOptions<F> & W & Omit<PipeInput, 'pipe'>,
): Capture<SchemaOfFields<F, W>> {
  return capture<F, W>({ ...options, input: { ...options, pipe } });
}

/** Packets in memory; see {@link capture}. */
export function inMemoryCapture<const F extends FieldsWanted, const W extends ColumnWishes = object>(
  packets: PacketsInput['packets'],
  options: ReadingOptions<F> & W & Omit<PacketsInput, 'packets'>,
): Capture<SchemaOfFields<F, W>> {
  return capture<F, W>({ ...options, input: { packets, linkType: options.linkType } });
}
