import type { Schema } from '../table/schema.ts';
import { arrowSchema } from './arrow-schema.ts';
import type { SchemaNotes, TimeForm } from './arrow-schema.ts';
import { flatBuffer, flatStructs, flatTable, flatTables, integer } from './flat-buffer.ts';
import type { FlatTable } from './flat-buffer.ts';
import { continuation, headerOf, magic, metadataVersion } from './format.ts';

/** A message of an Arrow stream, and where its parts are for the footer of a file. */
export interface Message {
  readonly bytes: Uint8Array;
  /** Length of what stands before the body, its own length included. */
  readonly metadataLength: number;
}

/** Length and null count of each column, children after their parents. */
export type Node = readonly [length: number, nullCount: number];

const prefixLength = 8;

export function schemaMessage(schema: Schema, notes: SchemaNotes, times?: TimeForm): Message {
  return message(headerOf.schema, arrowSchema(schema, notes, times), 0);
}

/** The message of a record batch; the buffers make its body, each from the next multiple of 8. */
export function recordBatchMessage(
  rowCount: number,
  nodes: readonly Node[],
  buffers: readonly Uint8Array[],
): Message {
  const places: number[] = [];
  let bodyLength = 0;
  for (const { length } of buffers) {
    places.push(bodyLength, length);
    bodyLength += padded(length);
  }
  const batch = flatTable(
    integer(8, rowCount),
    flatStructs(nodes.length, nodes.flat()),
    flatStructs(buffers.length, places),
  );
  const made = message(headerOf.recordBatch, batch, bodyLength);
  for (const [at, buffer] of buffers.entries()) {
    made.bytes.set(buffer, made.metadataLength + (places[2 * at] ?? 0));
  }
  return made;
}

/** What ends a stream. */
export function endOfStream(): Uint8Array {
  const bytes = new Uint8Array(prefixLength);
  new DataView(bytes.buffer).setUint32(0, continuation, true);
  return bytes;
}

/** What begins a file, before its first message. */
export function fileStart(): Uint8Array {
  const bytes = new Uint8Array(8);
  bytes.set(magic);
  return bytes;
}

/** Where a record batch is in a file. */
export interface Block {
  readonly offset: number;
  readonly metadataLength: number;
  readonly bodyLength: number;
}

/** What ends a file, behind the end of its stream. */
export function fileEnd(schema: Schema, notes: SchemaNotes, blocks: readonly Block[]): Uint8Array {
  // A block's middle number has 32 bits and 32 more for alignment: together a 64-bit one, as it is not negative.
  const words = blocks.flatMap(({ offset, metadataLength, bodyLength }) => [
    offset,
    metadataLength,
    bodyLength,
  ]);
  const footer = flatBuffer(
    flatTable(
      integer(2, metadataVersion),
      arrowSchema(schema, notes),
      flatTables([]),
      flatStructs(blocks.length, words),
    ),
  );
  const bytes = new Uint8Array(footer.length + 4 + magic.length);
  bytes.set(footer);
  new DataView(bytes.buffer).setInt32(footer.length, footer.length, true);
  bytes.set(magic, footer.length + 4);
  return bytes;
}

function message(header: number, content: FlatTable, bodyLength: number): Message {
  const metadata = flatBuffer(
    flatTable(integer(2, metadataVersion), integer(1, header), content, integer(8, bodyLength)),
  );
  const metadataLength = prefixLength + metadata.length;
  const bytes = new Uint8Array(metadataLength + bodyLength);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, continuation, true);
  view.setInt32(4, metadata.length, true);
  bytes.set(metadata, prefixLength);
  return { bytes, metadataLength };
}

function padded(length: number): number {
  return Math.ceil(length / 8) * 8;
}
