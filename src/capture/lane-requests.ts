import type { Schema } from '../table/schema.ts';
import type { Table } from '../table/table.ts';
import type { CaptureRequest } from './capture-request.ts';
import { notedFields } from './noted-columns.ts';
import { endFields } from './tcp-flows.ts';

/** Tells the layers of a row's packet. */
const layersField = 'frame.protocols';
/** TCP within TCP: the inner connection may have packets in several outer ones, and so in several shards. */
const tcpInTcp = /:tcp:(?:.*:)?tcp(?::|$)/;
/** Tells how many TCP layers a row's packet has, where its layers are not asked for: a port of each, with something between them. */
const portField = 'tcp.srcport';
const severalPorts = /\D/;

type Request = CaptureRequest<Schema>;

/** What the only tshark is asked that reads a file, or a part of it: the numbers of its packets too. Pure. */
export function wholeRequest({ schema, ...request }: Request): Request {
  return { ...request, input: '-', schema: { 'frame.number': 'uint32', ...schema } };
}

/**
 * What each shard's tshark is asked: the numbers and layers of its packets too, and rows for TCP within TCP; not what the
 * packets tell by themselves, where no more is asked for than that. Pure.
 */
export function shardRequest({ displayFilter, schema, ...request }: Request): Request {
  const isNoted = request.onlyTcpEnds === true;
  const noted = isNoted ? notedFields(schema) : [];
  const printed = Object.fromEntries(Object.entries(schema).filter(([field]) => !noted.includes(field)));
  return {
    ...request,
    input: '-',
    schema: { 'frame.number': 'uint32', [isNoted ? portField : layersField]: 'text', ...printed },
    displayFilter: displayFilter === undefined ? undefined : `(${displayFilter}) or tcp.srcport#2`,
  };
}

/** The columns of a shard's rows where packets tell some of them. Pure. */
export function notedSchema({ schema }: Request): Schema {
  return { ...schema, [portField]: 'text' };
}

/** What the tshark of the rest is asked whose rows do not count: where is TCP in it? Pure. */
export function watchRequest(request: Request): Request {
  return { ...request, input: '-', schema: { 'frame.number': 'uint32' }, displayFilter: 'tcp' };
}

/** What that of the rest is asked whose rows count: all columns, and the ends of all connections that it finds. Pure. */
export function restRequest({ schema, ...request }: Request, prompt: boolean): Request {
  const ends = Object.fromEntries(endFields.map((field) => [field, 'text' as const]));
  const asked: Schema = { 'frame.number': 'uint32', ...ends, ...schema };
  return { ...request, input: '-', schema: asked, displayFilter: 'tcp', prompt };
}

/** Whether a row's packet has TCP within TCP, as its layers or ports tell. */
export function isTcpInTcp(packets: Table): boolean {
  const tells = (field: string, pattern: RegExp) =>
    Object.hasOwn(packets.schema, field) &&
    packets.column(field).dictionary.some((text) => pattern.test(text));
  return tells(layersField, tcpInTcp) || tells(portField, severalPorts);
}
