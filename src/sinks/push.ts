/** Pushing metrics to a Pushgateway, by the names that Python's client gives the same things. */

import { groupingKeyPath } from './grouping-key.ts';
import { createPayload, type MetricsSource, type Payload } from './payload.ts';
import { requestGateway, type RequestOptions } from './request-gateway.ts';

/** What all three functions take. */
export interface GatewayOptions extends RequestOptions {
  /** The value of the label `job`; not empty. */
  readonly job: string;
  /** Further labels that name the group. None by default; not even `instance`. */
  readonly grouping?: Readonly<Record<string, string>> | undefined;
}

/** What pushing takes. */
export interface PushOptions extends GatewayOptions {
  /** Text or bytes in an exposition format, or something that writes them, such as prom-client's Registry. */
  readonly metrics: string | Uint8Array | MetricsSource;
  /** The format of the metrics. By default what the source says, or Prometheus' text format. */
  readonly contentType?: string | undefined;
  /** Default `gzip`; a Pushgateway before 1.5 needs `none`. */
  readonly compression?: 'gzip' | 'none' | undefined;
}

/**
 * Replaces all metrics of a group (PUT).
 *
 * @param gatewayUrl - `http://host:9091`, `https://host/prefix/`, or `host:9091` for http
 * @throws RttsharkError `usage`, `gateway_unreachable`, `gateway_timeout`, `gateway_tls`, `gateway_credentials`,
 *   `gateway_refused` or `interrupted`; never with a password or token in it. What a handler of your own throws
 *   without a network error's `code` is passed on as it is.
 */
export async function pushToGateway(gatewayUrl: string, options: PushOptions): Promise<void> {
  await requestGateway('PUT', gatewayUrl, pathOf(options), options, () => payloadOf(options));
}

/** Replaces those metrics of a group that have the same names (POST). Otherwise as `pushToGateway`. */
export async function pushAddToGateway(gatewayUrl: string, options: PushOptions): Promise<void> {
  await requestGateway('POST', gatewayUrl, pathOf(options), options, () => payloadOf(options));
}

/**
 * Removes a group with all its metrics (DELETE); one that is not there is no error. The gateway answers before it
 * has done it. Errors as `pushToGateway`.
 */
export async function deleteFromGateway(gatewayUrl: string, options: GatewayOptions): Promise<void> {
  await requestGateway('DELETE', gatewayUrl, pathOf(options), options);
}

function pathOf({ job, grouping }: GatewayOptions): string {
  return groupingKeyPath(job, grouping);
}

function payloadOf({ metrics, contentType, compression = 'gzip' }: PushOptions): Promise<Payload> {
  return createPayload(metrics, contentType, compression);
}
