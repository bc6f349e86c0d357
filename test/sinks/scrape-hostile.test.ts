import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { expect } from 'chai';
import { readWebConfig } from '../../src/sinks/web-config.ts';
import { writeFile } from 'node:fs/promises';
import { createCertificates } from '../support/certificates.ts';
import { until } from '../support/deadline.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { curl } from './scrape-curl.ts';
import { endpoints, stubSource } from './scrape-endpoint.ts';

describe('a scrape endpoint with hostile clients', () => {
  const start = endpoints();
  const folder = temporaryFolder();
  const sockets: Socket[] = [];
  afterEach(() => {
    for (const socket of sockets.splice(0)) socket.destroy();
  });

  const opened = async (port: number): Promise<Socket> => {
    const socket = connect(port, '127.0.0.1').on('error', () => undefined);
    sockets.push(socket);
    await once(socket, 'connect');
    return socket;
  };
  /** All that comes until the other side ends the connection. */
  const heard = async (socket: Socket): Promise<string> => {
    let text = '';
    socket.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')));
    if (!socket.closed) await once(socket, 'close');
    return text;
  };
  const big = stubSource({
    metrics: () => ({ contentType: 'text/plain', body: Buffer.alloc(32 * 1024 * 1024, 'x') }),
  });
  const get = 'GET /metrics HTTP/1.1\r\nHost: x\r\n';

  it('gives up on who sends nothing, or headers byte by byte', async () => {
    const { port, url } = await start({ limits: { requestMs: 200 } });
    const [silent, slow] = [await opened(port), await opened(port)];
    const timer = setInterval(() => slow.write('GET /metrics HTTP/1.1\r\nX: y\r\n'[0] ?? ''), 10);
    try {
      expect(await heard(silent)).to.equal('');
      await heard(slow);
    } finally {
      clearInterval(timer);
    }
    expect((await curl(`${url}/metrics`)).status).to.equal(200);
  });

  it('gives up on who begins TLS and does not go on', async () => {
    const certificates = await createCertificates();
    try {
      const { certFile, keyFile } = certificates.server;
      await writeFile(folder('web.yml'), `tls_server_config: {cert_file: ${certFile}, key_file: ${keyFile}}`);
      const webConfig = await readWebConfig(folder('web.yml'));
      const { port, url } = await start({ webConfig, limits: { requestMs: 300 } });
      const halfOpen = await opened(port);
      // The first bytes of a ClientHello that never ends.
      halfOpen.write(Buffer.from('16030102000100', 'hex'));
      const garbage = await opened(port);
      garbage.write('GET / HTTP/1.1\r\n\r\n');
      await heard(garbage);
      await heard(halfOpen);
      expect((await curl('-k', `${url}/metrics`)).status).to.equal(200);
    } finally {
      await certificates.remove();
    }
  });

  it('refuses huge headers and what is no HTTP', async () => {
    const { port, url } = await start();
    const huge = await opened(port);
    huge.write(`${get}X: ${'y'.repeat(9_000)}`);
    expect(await heard(huge)).to.match(/^HTTP\/1\.1 431 .*Connection: close\r\n/s);
    const noise = await opened(port);
    noise.write('\u0000\u0001 nothing\r\n\r\n');
    expect(await heard(noise)).to.match(/^HTTP\/1\.1 400 /);
    const smuggling = await opened(port);
    smuggling.write(`${get}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n`);
    expect(await heard(smuggling)).to.match(/^HTTP\/1\.1 400 /);
    expect((await curl(`${url}/metrics`)).status).to.equal(200);
  });

  it('ends a body that nobody asked for', async () => {
    const { port } = await start();
    const socket = await opened(port);
    socket.write(`${get}Content-Length: 1000000000\r\n\r\n${'x'.repeat(100_000)}`);
    expect(await heard(socket)).to.match(/^HTTP\/1\.1 413 /);
  });

  it('answers one request at a time on a connection', async () => {
    const { port } = await start({ source: big });
    const socket = await opened(port);
    socket.write(`${get}\r\n`.repeat(500));
    expect((await heard(socket)).length).to.be.below(32 * 1024 * 1024);
  });

  it('cuts off a reader that does not read, and serves others meanwhile and after', async () => {
    const { port, url } = await start({ source: big, limits: { scrapes: 1, stalledMs: 200 } });
    const lazy = await opened(port);
    lazy.pause();
    lazy.write(`${get}\r\n`);
    await once(lazy, 'readable');
    expect((await curl(`${url}/-/healthy`)).status).to.equal(200);
    // The only place is free again once the reader is gone.
    await until('the slow reader was cut off', () => isServed(url));
  });

  it('cuts off a reader that takes a little now and then', async () => {
    const { port, url } = await start({ source: big, limits: { scrapes: 1, answerMs: 300 } });
    const slow = await opened(port);
    slow.pause();
    slow.write(`${get}\r\n`);
    await once(slow, 'readable');
    const timer = setInterval(() => void slow.read(100_000), 20);
    try {
      await until('the slow reader was cut off', () => isServed(url));
    } finally {
      clearInterval(timer);
    }
  });

  it('lets a newcomer have the place of an old scrape', async () => {
    const { port, url } = await start({ source: big, limits: { scrapes: 1, patientMs: 0 } });
    const lazy = await opened(port);
    lazy.pause();
    lazy.write(`${get}\r\n`);
    await once(lazy, 'readable');
    expect((await fetch(`${url}/metrics`, { method: 'HEAD' })).status).to.equal(200);
  });

  it('makes room for a new connection among those that wait', async () => {
    const { port, url } = await start({ limits: { connections: 4 } });
    const idle = [];
    for (let count = 0; count < 10; count++) idle.push(await opened(port));
    expect((await curl(`${url}/metrics`)).status).to.equal(200);
    await heard(idle[0]!);
    expect(await heard(idle[5]!)).to.equal('');
    expect(idle[9]!.closed).to.equal(false);
  });

  it('keeps a connection for the next scrape, but not for ever', async () => {
    const { port } = await start({ limits: { keepAliveMs: 100 } });
    const socket = await opened(port);
    socket.write(`${get}\r\n`);
    await once(socket, 'readable');
    socket.write(`${get}\r\n`);
    expect((await heard(socket)).match(/HTTP\/1\.1 200/g)).to.have.length(2);
  });

  it('survives clients that vanish in the middle', async () => {
    const { port, url } = await start({ source: big });
    for (let count = 0; count < 20; count++) {
      const socket = await opened(port);
      socket.write(`${get}\r\n`);
      if (count % 2 === 0) await once(socket, 'readable');
      socket.resetAndDestroy();
    }
    expect((await fetch(`${url}/metrics`, { method: 'HEAD' })).status).to.equal(200);
  });
});

/** True once there is a place for another scrape; a try that is cut off too, on a busy machine, is not the last one. */
async function isServed(url: string): Promise<true | undefined> {
  const response = await fetch(`${url}/metrics`, { method: 'HEAD' }).catch(() => undefined);
  return response?.status === 200 ? true : undefined;
}
