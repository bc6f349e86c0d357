/**
 * TCP conversations, as a program that runs in a network namespace:
 *
 *     talk.ts serve ADDRESS PORT                                answers every byte with the same byte
 *     talk.ts ask ADDRESS PORT CONNECTIONS QUESTIONS PAUSE_MS   each connection asks one question after the other
 *     talk.ts ask-when-told ADDRESS PORT                        a question for each line of standard input
 *
 * Says `ready` when it listens, or a line for each question that it was told to ask: when that was, and when the answer
 * came, in milliseconds since the epoch.
 */
import { once } from 'node:events';
import { createConnection, createServer, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

const sizes = [40, 200, 30, 900, 60, 1300, 5];

function serve(address: string, port: number): void {
  const server = createServer({ noDelay: true }, (socket) => {
    socket.on('error', () => undefined);
    socket.pipe(socket);
  });
  server.listen(port, address, () => {
    console.log('ready');
  });
}

/** One question, and its answer to the last byte. */
async function question(socket: Socket, bytes: number): Promise<void> {
  const answered = new Promise<void>((resolve, reject) => {
    let left = bytes;
    const take = (part: Buffer) => {
      left -= part.length;
      if (left > 0) return;
      socket.off('data', take);
      socket.off('close', lost);
      resolve();
    };
    const lost = () => {
      reject(new Error('The connection was closed.'));
    };
    socket.on('data', take);
    socket.once('close', lost);
  });
  socket.write(Buffer.alloc(bytes, 'q'));
  await answered;
}

async function connect(address: string, port: number): Promise<Socket> {
  const socket = createConnection({ host: address, port, noDelay: true });
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}

async function ask(address: string, port: number, questions: number, pauseMs: number): Promise<void> {
  const socket = await connect(address, port);
  for (let asked = 0; asked < questions; asked++) {
    await question(socket, sizes[asked % sizes.length] ?? 1);
    if (pauseMs > 0) await sleep(pauseMs);
  }
  socket.end();
  await once(socket, 'close');
}

async function askWhenTold(address: string, port: number): Promise<void> {
  const socket = await connect(address, port);
  const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
  while ((await lines.next()).done !== true) {
    const askedAt = performance.timeOrigin + performance.now();
    await question(socket, 100);
    console.log(`${askedAt} ${performance.timeOrigin + performance.now()}`);
  }
  socket.end();
}

const [what, address = '', port, connections, questions, pauseMs] = process.argv.slice(2);
if (what === 'serve') serve(address, Number(port));
else if (what === 'ask-when-told') await askWhenTold(address, Number(port));
else {
  await Promise.all(
    Array.from({ length: Number(connections) }, () =>
      ask(address, Number(port), Number(questions), Number(pauseMs)),
    ),
  );
}
