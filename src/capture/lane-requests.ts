import type { Schema } from '../table/schema.ts';
import type { Table } from '../table/table.ts';
import type { CaptureRequest } from './capture-request.ts';
import { notedFields } from './noted-columns.ts';
import {
  asksForDatagrams,
  datagramsAreNamed,
  namingFields,
  namingInTcp,
  namingLayers,
} from './idle-datagram.ts';
import { endFields } from './tcp-flows.ts';

/** Tells the layers of a row's packet. */
const layersField = 'frame.protocols';
/** TCP within TCP: the inner connection may have packets in several outer ones, and so in several shards. */
const tcpInTcp = /:tcp:(?:.*:)?tcp(?::|$)/;
/** Tells how many TCP layers a row's packet has, where its layers are not asked for: a port of each, with something between them. */
const portField = 'tcp.srcport';
const severalPorts = /\D/;
const namesDatagrams = new RegExp(`:(?:${namingLayers.join('|')})(?::|$)`);

/** Why rows of a tshark that reads a share of the packets leave the capture to one that reads all; undefined where they don't. */
export type WhyUnsafe = (packets: Table) => string | undefined;

const connectionsAreCarried = 'it has TCP connections within TCP connections';
const datagramsAreNamedInTcp = 'it has TCP connections that name the ends of datagrams';

type Request = CaptureRequest<Schema>;

/** What the only tshark is asked that reads a file, or a part of it: the numbers of its packets too. Pure. */
export function wholeRequest({ schema, ...request }: Request): Request {
  return { ...request, input: '-', schema: { 'frame.number': 'uint32', ...schema } };
}

/**
 * What each shard's tshark is asked: the numbers and layers of its packets too, and rows for TCP within TCP and for what
 * names the ends of datagrams, which the rest's tshark would not know of; not what the packets tell by themselves, where no
 * more is asked for than that. Pure.
 */
export function shardRequest({ displayFilter, schema, ...request }: Request): Request {
  const isNoted = request.onlyTcpEnds === true;
  const noted = isNoted ? notedFields(schema) : [];
  const printed = Object.fromEntries(Object.entries(schema).filter(([field]) => !noted.includes(field)));
  return {
    ...request,
    input: '-',
    schema: {
      'frame.number': 'uint32',
      [isNoted ? portField : layersField]: 'text',
      [namingFields.command]: 'text',
      [namingFields.uma]: 'text',
      ...printed,
    },
    displayFilter:
      displayFilter === undefined ? undefined : `(${displayFilter}) or tcp.srcport#2 or ${namingInTcp}`,
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

/**
 * What that of the rest is asked whose rows count: all columns, and the ends of all connections that it finds. Pure.
 *
 * @param leavesDatagrams - whether it is not given all, so that it has to print what names the ends of others, too
 */
export function restRequest(
  { schema, ...request }: Request,
  { prompt, leavesDatagrams }: { readonly prompt: boolean; readonly leavesDatagrams: boolean },
): Request {
  const ends = Object.fromEntries(endFields.map((field) => [field, 'text' as const]));
  const asked: Schema = { 'frame.number': 'uint32', ...ends, ...schema };
  const displayFilter = leavesDatagrams ? ['tcp', ...namingLayers].join(' or ') : 'tcp';
  return { ...request, input: '-', schema: asked, displayFilter, prompt };
}

/** Of the rows of a {@link shardRequest}. Pure. */
export function whyShardIsUnsafe(packets: Table): string | undefined {
  if (isTcpInTcp(packets)) return connectionsAreCarried;
  const isNaming =
    hasText(packets, namingFields.command, asksForDatagrams) || hasText(packets, namingFields.uma, /./);
  return isNaming ? datagramsAreNamedInTcp : undefined;
}

/** Of the rows of a {@link restRequest}. Pure. */
export function whyRestIsUnsafe(leavesDatagrams: boolean): WhyUnsafe {
  return (packets) => {
    if (isTcpInTcp(packets)) return connectionsAreCarried;
    const isNaming = leavesDatagrams && hasText(packets, layersField, namesDatagrams);
    return isNaming ? datagramsAreNamed : undefined;
  };
}

/** Whether a row's packet has TCP within TCP, as its layers or ports tell. */
function isTcpInTcp(packets: Table): boolean {
  return hasText(packets, layersField, tcpInTcp) || hasText(packets, portField, severalPorts);
}

function hasText(packets: Table, field: string, pattern: RegExp): boolean {
  return (
    Object.hasOwn(packets.schema, field) &&
    packets.column(field).dictionary.some((text) => pattern.test(text))
  );
}
