import type { Schema } from '../table/schema.ts';
import type { AnyTable } from '../table/table.ts';
import type { GenerationRequest } from './generation.ts';
import { markFilter } from './shard-mark.ts';
import { whyOneProcess } from './shard-plan.ts';

/** Tells the layers of a row's packet. */
const layersField = 'frame.protocols';

/** Fields that marks would change. */
const changedByMarks = /\bframe\.(?:interface_id|time_delta_displayed)\b/;

/**
 * Why one tshark reads the packets of a live capture; null where several may share them. Pure.
 *
 * @param isLean - whether nothing is dissected but TCP, what is below it, and what carries it
 */
export function whyOneTshark(request: GenerationRequest, isLean: boolean): string | null {
  const asked = [...Object.keys(request.schema), request.displayFilter ?? ''];
  if (asked.some((text) => changedByMarks.test(text))) return 'numbers of interfaces are asked for';
  return whyOneProcess({ ...request, input: 'live' }, isLean);
}

/**
 * What each of several tsharks is asked that share the packets: rows for marks, and for TCP within TCP, too. For
 * requests with a filter that selects packets with TCP only. Pure.
 */
export function shardRequest(request: GenerationRequest): GenerationRequest {
  const { displayFilter = 'tcp', schema } = request;
  return {
    ...request,
    schema: layersField in schema ? schema : { ...schema, [layersField]: 'text' },
    displayFilter: `(${displayFilter}) or tcp.srcport#2 or ${markFilter}`,
  };
}

/** What the tshark is asked that is given the packets that belong to no flow that can be told: where is TCP in them? */
export function restRequest(request: GenerationRequest): GenerationRequest {
  const schema: Schema = {};
  return { ...request, schema, displayFilter: `tcp or ${markFilter}` };
}

/**
 * The first row of a packet with TCP within TCP, where the inner connection may have packets in several outer ones, and
 * so in several shards; -1 where there is none. Pure.
 */
export function rowWithTcpInTcp(rows: AnyTable): number {
  const { dictionary, values } = rows.column(layersField);
  const found = new Set<number>();
  for (const [code, layers] of dictionary.entries()) if (isTcpInTcp(layers)) found.add(code);
  if (found.size === 0) return -1;
  return Array.from(values as Uint32Array).findIndex((code) => found.has(code));
}

function isTcpInTcp(layers: string): boolean {
  return layers.split(':').filter((layer) => layer === 'tcp').length > 1;
}
