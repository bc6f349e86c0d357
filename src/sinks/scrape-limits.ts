/** What a client of the scrape endpoint may take of us. */

export interface ScrapeLimits {
  /** Open connections; beyond it, the one that has been waiting longest without a request makes room. */
  readonly connections: number;
  /** Answers of `/metrics` under way at a time. */
  readonly scrapes: number;
  /** Beyond `scrapes`, the oldest answer makes room for a new one when it has taken this long; else the new one is refused. */
  readonly patientMs: number;
  /** From the connection to its first whole request: the TLS handshake and the headers. */
  readonly requestMs: number;
  /** From the end of an answer to the next whole request on the same connection. */
  readonly keepAliveMs: number;
  /** From a request to the end of its answer. */
  readonly answerMs: number;
  /** How long a reader may take for the next 64 KiB. */
  readonly stalledMs: number;
  /** All headers of a request together. */
  readonly headerBytes: number;
  readonly requestsPerConnection: number;
  /** Passwords whose check is waiting or under way. */
  readonly passwordChecks: number;
  /** How long `close` waits for answers that are under way. */
  readonly closingMs: number;
}

export const defaultScrapeLimits: ScrapeLimits = {
  connections: 64,
  scrapes: 8,
  patientMs: 5_000,
  requestMs: 10_000,
  keepAliveMs: 150_000,
  answerMs: 120_000,
  stalledMs: 30_000,
  headerBytes: 8_192,
  requestsPerConnection: 1_000,
  passwordChecks: 8,
  closingMs: 1_000,
};
