/** Listening, with words for what can be in the way. */

import type { AddressInfo, Server } from 'node:net';
import { RttsharkError } from '../errors.ts';
import { shownAddress, type ListenAddress } from './scrape-address.ts';

/**
 * Listens.
 *
 * @returns the port, also where 0 was asked for
 * @throws RttsharkError `usage` with the address
 */
export async function listenAt(server: Server, address: ListenAddress): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const { words, hint } = reasons[error.code ?? ''] ?? { words: 'cannot be listened on' };
      const message = `The address "${shownAddress(address)}" ${words}.`;
      reject(new RttsharkError('usage', message, { detail: error.message, hint, cause: error }));
    });
    server.listen({ ...address, backlog: 128 }, resolve);
  });
  server.removeAllListeners('error');
  return (server.address() as AddressInfo).port;
}

const reasons: Partial<Record<string, { words: string; hint?: string }>> = {
  EADDRINUSE: {
    words: 'is in use already',
    hint: 'Choose another port; "ss -ltnp" tells which program listens there.',
  },
  EACCES: {
    words: 'may not be listened on by this user',
    hint: 'Ports below 1024 need privileges: choose another one.',
  },
  EADDRNOTAVAIL: { words: 'is none of this host', hint: 'For all interfaces, write 0.0.0.0 or [::].' },
  ENOTFOUND: { words: 'is not known', hint: 'Check the name, or give an address.' },
  EAI_AGAIN: { words: 'cannot be looked up', hint: 'Check the name, or give an address.' },
};
