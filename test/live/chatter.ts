import { once } from 'node:events';
import { createConnection, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** TCP conversations on the loopback interface, in this process: a server that answers every byte with the same byte. */
export interface Chatter {
  /** The server's: a capture filter with it keeps other traffic out. */
  readonly port: number;
  /** So many connections at a time, each with so many questions, one after the other; waits for the last answer. */
  talk(connections: number, questions: number): Promise<void>;
  /** Talks, one connection after the other, until something has ended; gives what that ended with. */
  talkWhile<T>(ended: Promise<T>): Promise<T>;
}

/** A chatter that is there while the tests of a `describe` run. To be called inside of it. */
export function chatter(): Chatter {
  let server: Server | undefined;
  const sockets = new Set<Socket>();
  const portOf = (): number => (server?.address() as AddressInfo).port;
  before(async () => {
    server = createServer({ noDelay: true }, (socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.once('close', () => sockets.delete(socket));
      socket.pipe(socket);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  after(async () => {
    for (const socket of sockets) socket.destroy();
    if (server === undefined) return;
    const closed = once(server, 'close');
    server.close();
    await closed;
  });
  return {
    get port() {
      return portOf();
    },
    async talk(connections, questions) {
      const port = portOf();
      await Promise.all(Array.from({ length: connections }, () => converse(port, questions)));
    },
    async talkWhile(ended) {
      const state = { over: false };
      const over = () => {
        state.over = true;
      };
      void ended.then(over, over);
      while (!state.over) await converse(portOf(), 5);
      return await ended;
    },
  };
}

async function converse(port: number, questions: number): Promise<void> {
  const socket = createConnection({ host: '127.0.0.1', port, noDelay: true });
  await once(socket, 'connect');
  for (let asked = 0; asked < questions; asked++) {
    socket.write('a question');
    let left = 'a question'.length;
    while (left > 0) {
      const [answer] = (await once(socket, 'data')) as [Buffer];
      left -= answer.length;
    }
  }
  socket.end();
  await once(socket, 'close');
}
