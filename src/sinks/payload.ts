/** The body of a push. */

import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

/** Something that writes its metrics in an exposition format; a registry is one. */
export interface MetricsSource {
  metrics(): Promise<string | Uint8Array>;
  readonly contentType: string;
}

export interface Payload {
  readonly body: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
}

const textFormat = 'text/plain; version=0.0.4; charset=utf-8';

/**
 * Turns metrics into the body of a request and the headers that describe it.
 *
 * @param contentType - of text and bytes Prometheus' text format where left out; of a source what it says itself
 */
export async function createPayload(
  metrics: string | Uint8Array | MetricsSource,
  contentType: string | undefined,
  compression: 'gzip' | 'none',
): Promise<Payload> {
  const plain = typeof metrics === 'string' || metrics instanceof Uint8Array;
  const content = plain ? metrics : await metrics.metrics();
  const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
  const type = { 'content-type': contentType ?? (plain ? textFormat : metrics.contentType) };
  if (compression === 'none') return { body: bytes, headers: type };
  return { body: await promisify(gzip)(bytes), headers: { ...type, 'content-encoding': 'gzip' } };
}
