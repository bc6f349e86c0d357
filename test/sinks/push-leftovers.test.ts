import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect } from 'chai';
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
      const options = { job: 'j', metrics: 'one 1\\n', timeoutMs: 300, retries: 0 };
      for (const url of process.argv.slice(1)) {
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
});
