/** What the scrape endpoint serves, and what it is to those who started it. */

/** The formats in which metrics can be asked for. */
export type ScrapeFormat = 'text' | 'openmetrics' | 'protobuf';

/** All metrics at one moment. */
export interface ScrapePage {
  /** The Content-Type of the answer, version and charset included. */
  readonly contentType: string;
  readonly body: AsyncIterable<Uint8Array | string> | Uint8Array | string;
}

export interface ScrapeSource {
  /** Whether there is protobuf too, for clients that like it best. False by default. */
  readonly hasProtobuf?: boolean | undefined;
  /** Makes the metrics at this moment. Never called again for a format while it is still at it. */
  metrics(format: ScrapeFormat): Promise<ScrapePage> | ScrapePage;
  /** Whether `/-/healthy` answers 200; else 503. */
  healthy(): boolean;
  /** Whether `/-/ready` answers 200; else 503. */
  ready(): boolean;
}

/** A running endpoint. */
export interface ScrapeServer {
  /** Scheme, host and port, without a path. */
  readonly url: string;
  /** The one that it listens on, also where 0 was asked for. */
  readonly port: number;
  /** Stops listening, lets answers that are under way end for a moment, and cuts off the rest. */
  close(): Promise<void>;
}
