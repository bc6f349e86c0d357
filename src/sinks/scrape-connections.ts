/** The open connections of the scrape endpoint, each with the time that it still has. */

import type { Socket } from 'node:net';
import type { ScrapeLimits } from './scrape-limits.ts';

interface Connection {
  readonly socket: Socket;
  timer: NodeJS.Timeout;
  /** In the middle of a request. */
  atWork: boolean;
}

/** What tells connections apart; the socket of TLS and the one below it have the same. */
type Ends = Pick<Socket, 'remoteAddress' | 'remotePort' | 'localAddress'>;

/**
 * Keeps connections few and gives each step a fixed time that no activity prolongs: a client that sends or reads a byte
 * now and then gains nothing by it.
 */
export class ScrapeConnections {
  readonly #limits: ScrapeLimits;
  /** In the order in which they began to wait. */
  readonly #open = new Map<string, Connection>();
  #whenIdle: (() => void) | undefined;

  constructor(limits: ScrapeLimits) {
    this.#limits = limits;
  }

  /**
   * Takes in a new connection; one that waits for its next request makes room, the one that has waited longest.
   *
   * @returns whether it was taken in; else it has been closed
   */
  admit(socket: Socket): boolean {
    // Gone already where it has no address any more.
    const key = keyOf(socket);
    if (key === undefined || (this.#open.size >= this.#limits.connections && !this.#makeRoom())) {
      socket.destroy();
      return false;
    }
    const connection = { socket, atWork: false, timer: this.#deadline(socket, this.#limits.requestMs) };
    this.#open.set(key, connection);
    socket.once('close', () => {
      clearTimeout(connection.timer);
      if (this.#open.get(key) === connection) this.#open.delete(key);
      this.#tellIfIdle();
    });
    return true;
  }

  /**
   * A whole request has come.
   *
   * @returns whether it may be answered: one at a time on each connection
   */
  begin(socket: Ends): boolean {
    const key = keyOf(socket);
    const connection = key === undefined ? undefined : this.#open.get(key);
    if (connection === undefined || connection.atWork) return false;
    connection.atWork = true;
    this.#rearm(connection, this.#limits.answerMs);
    return true;
  }

  /** Its answer has ended; the connection waits for another. */
  finish(socket: Ends): void {
    const key = keyOf(socket);
    const connection = key === undefined ? undefined : this.#open.get(key);
    if (key === undefined || connection === undefined) return;
    connection.atWork = false;
    this.#open.delete(key);
    this.#open.set(key, connection);
    this.#rearm(connection, this.#limits.keepAliveMs);
    if (this.#whenIdle !== undefined) connection.socket.destroySoon();
  }

  /** Closes those that wait, lets the others end for a moment, then cuts them off. */
  async close(): Promise<void> {
    for (const { socket, atWork } of this.#open.values()) if (!atWork) socket.destroy();
    const timer = setTimeout(() => {
      for (const { socket } of this.#open.values()) socket.destroy();
    }, this.#limits.closingMs);
    await new Promise<void>((resolve) => {
      this.#whenIdle = resolve;
      this.#tellIfIdle();
    });
    clearTimeout(timer);
  }

  #makeRoom(): boolean {
    for (const [key, { socket, atWork }] of this.#open) {
      if (atWork) continue;
      this.#open.delete(key);
      socket.destroy();
      return true;
    }
    return false;
  }

  #rearm(connection: Connection, ms: number): void {
    clearTimeout(connection.timer);
    connection.timer = this.#deadline(connection.socket, ms);
  }

  #deadline(socket: Socket, ms: number): NodeJS.Timeout {
    return setTimeout(() => socket.destroy(), ms).unref();
  }

  #tellIfIdle(): void {
    if (this.#open.size === 0) this.#whenIdle?.();
  }
}

function keyOf({ remoteAddress, remotePort, localAddress }: Ends): string | undefined {
  if (remoteAddress === undefined || remotePort === undefined) return undefined;
  return `${remoteAddress} ${remotePort} ${localAddress ?? ''}`;
}
