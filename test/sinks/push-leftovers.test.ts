import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect } from 'chai';
import { defaultHandler } from '../../src/sinks/default-handler.ts';
import { pushToGateway } from '../../src/sinks/push.ts';
import { freePort } from '../support/ports.ts';
import { startFullListener } from './full-listener.ts';
import { runningServers } from './running-servers.ts';
import { status } from './stub-server.ts';

describe('a push that is over', () => {
  const { stub, raw } = runningServers();

  it('leaves nothing behind that keeps the process alive', async () => {
    const hanging = await raw(() => undefined);
    const full = await startFullListener();
    const module = new URL('../../src/sinks/push.ts', import.meta.url).href;
    const script = `
      import { pushToGateway } from '${module}';
      for (const [index, url] of process.argv.slice(1).entries()) {
        const timeoutMs = index === 0 ? 600_000 : 300;
        const options = { job: 'j', metrics: 'one 1\\n', timeoutMs, retries: 0 };
        await pushToGateway(url, options).then(() => console.log('done'), (error) => console.log(error.code));
      }`;
    const server = await stub(status(200));
    const urls = [server.url, hanging.url, full.url, `http://127.0.0.1:${await freePort()}`];
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script, ...urls], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const [exitCode] = (await once(child, 'close')) as [number | null];
    await full.stop();
    expect(output).to.equal('done\ngateway_timeout\ngateway_timeout\ngateway_unreachable\n');
    expect(exitCode).to.equal(0);
  });

  it('has closed its connection, though the server would keep it', async () => {
    const closed: Promise<unknown>[] = [];
    const server = await raw((socket) => {
      closed.push(once(socket, 'close'));
      socket.once('data', () =>
        socket.write('HTTP/1.1 200 OK\r\nkeep-alive: timeout=600\r\ncontent-length: 0\r\n\r\n'),
      );
    });
    await pushToGateway(server.url, { job: 'j', metrics: '' });
    await Promise.all(closed);
    expect(closed).to.have.lengthOf(1);
  });

  it('ends for the handler too, when it was still connecting', async () => {
    const full = await startFullListener();
    const controller = new AbortController();
    const request = { method: 'PUT', headers: {}, signal: controller.signal, redirect: 'refuse' } as const;
    const handled = defaultHandler({ ...request, url: new URL(full.url) });
    setImmediate(() => {
      controller.abort(new Error('enough'));
    });
    const error: unknown = await handled.catch((caught: unknown) => caught);
    await full.stop();
    expect(error).to.be.instanceOf(Error);
  });
});
