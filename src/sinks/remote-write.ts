/** One remote write, of version 1.0 of the protocol. */

import { RttsharkError } from '../errors.ts';
import { makeReceiver, type ReceiverOptions } from './remote-write-receiver.ts';
import { snappyBlock } from '../snappy.ts';

/** What is sent in one request. */
export interface WriteMessage {
  /** A `prometheus.WriteRequest`, not compressed. */
  readonly bytes: Uint8Array;
}

export interface RemoteWriteOptions extends ReceiverOptions {
  /** As `writeRequests` makes them. */
  readonly requests: Iterable<WriteMessage> | AsyncIterable<WriteMessage>;
}

/**
 * Writes series to a store that takes Prometheus' remote write: Prometheus itself, VictoriaMetrics, Mimir, Thanos and
 * others. Requests follow each other, and each is retried as `pushToGateway` does. One that the receiver refuses is
 * lost, and the others are sent all the same; where the receiver cannot be reached, none follows.
 *
 * @param address - `http://host:9090/api/v1/write`; without a path, `/api/v1/write` is taken
 * @throws RttsharkError as `pushToGateway`: the first error, after all that could be sent was
 */
export async function remoteWrite(
  address: string,
  { requests, ...options }: RemoteWriteOptions,
): Promise<void> {
  const receiver = makeReceiver(address, options);
  let first: RttsharkError | undefined;
  for await (const { bytes } of requests) {
    try {
      await receiver.post(snappyBlock(bytes));
    } catch (error) {
      if (!(error instanceof RttsharkError) || error.code !== 'gateway_refused') throw first ?? error;
      first ??= error;
    }
  }
  if (first !== undefined) throw first;
}
