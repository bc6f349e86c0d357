import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { remoteCommand } from '../../src/tshark/remote-command.ts';
import type { CaptureOptions } from '../../src/tshark/capture-arguments.ts';
import { until } from '../support/deadline.ts';
import { freePort } from '../support/ports.ts';
import { processInfo } from '../support/processes.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { startSshServer, type SshServer } from './ssh-server.ts';

describe('capturing on another host', function () {
  this.timeout(40_000);
  const file = temporaryFolder();
  let server: SshServer;
  before(async () => {
    server = await startSshServer();
  });
  after(() => server.stop());

  const ports: number[] = [];
  const portOfTest = async () => {
    const port = await freePort();
    ports.push(port);
    return port;
  };
  // What a test that failed has left on the other host, which is this one.
  afterEach(() => {
    for (const pid of ports.flatMap(capturing)) process.kill(pid, 'SIGKILL');
    ports.length = 0;
  });

  interface Remote {
    readonly child: ChildProcess;
    readonly bytes: () => Buffer;
    readonly words: () => string;
  }

  function start(to: SshServer, options: CaptureOptions): Remote {
    const { file: ssh, args } = remoteCommand({ ...to, host: '127.0.0.1' }, options);
    const child = spawn(ssh, args, { stdio: ['pipe', 'pipe', 'pipe'] });
    const chunks: Buffer[] = [];
    let words = '';
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => (words += chunk.toString()));
    child.stdin.on('error', () => undefined);
    return { child, bytes: () => Buffer.concat(chunks), words: () => words };
  }

  async function send(port: number, text: string): Promise<void> {
    const socket = createSocket('udp4');
    await new Promise((resolve) => {
      socket.send(text, port, '127.0.0.1', resolve);
    });
    socket.close();
  }

  /** The processes that capture with this port in their filter. */
  function capturing(port: number): number[] {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((name) => processInfo(Number(name)))
      .filter(
        (info) =>
          /^(?:\S*\/)?(?:dumpcap|tcpdump)\0/.test(info?.commandLine ?? '') &&
          info?.commandLine.includes(`${port}`),
      )
      .map((info) => info?.pid ?? 0);
  }

  /** Sends until one has come. */
  async function untilCaptured(remote: Remote, port: number): Promise<void> {
    await until(`something was captured: ${remote.words()}`, async () => {
      await send(port, 'are you there');
      return remote.bytes().includes('are you there') ? true : undefined;
    });
  }

  for (const tool of ['dumpcap', 'tcpdump'] as const) {
    it(`with ${tool} there gives its packets, and none of the ssh connection's`, async () => {
      const port = await portOfTest();
      let host = server;
      if (tool === 'tcpdump') {
        // Where there is a dumpcap that may not capture, as one without permission.
        mkdirSync(file('bin'), { recursive: true });
        writeFileSync(file('bin', 'dumpcap'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
        symlinkSync('/usr/bin/tcpdump', file('bin', 'tcpdump'));
        host = await startSshServer(`${file('bin')}:/usr/bin:/bin`);
      }
      try {
        const remote = start(host, {
          interface: 'lo',
          filter: `udp port ${port} or tcp port ${host.port}`,
          snapLengthBytes: 192,
        });
        const closed = once(remote.child, 'close');
        await untilCaptured(remote, port);
        expect(capturing(port)).to.have.length(1);
        remote.child.stdin?.end();
        await closed;
        expect(remote.words()).to.match(
          tool === 'dumpcap' ? /Packets received\/dropped/ : /packets received by filter/,
        );
        writeFileSync(file(`${tool}.pcap`), remote.bytes());
        expect(remote.bytes().readUInt32LE(0)).to.equal(tool === 'dumpcap' ? 0x0a0d0d0a : 0xa1b2c3d4);
        const fields = ['-T', 'fields', '-e', 'udp.dstport', '-e', 'tcp.port'];
        const rows = execFileSync('tshark', ['-n', '-r', file(`${tool}.pcap`), ...fields], {
          stdio: ['ignore', 'pipe', 'ignore'],
        });
        expect(new Set(rows.toString().split('\n'))).to.deep.equal(new Set([`${port}\t`, '']));
        await until('the capture there had ended', () => (capturing(port).length === 0 ? true : undefined));
      } finally {
        if (host !== server) await host.stop();
      }
    });
  }

  it('ends there when ssh is killed, on an idle link', async () => {
    const port = await portOfTest();
    const remote = start(server, { interface: 'lo', filter: `udp port ${port}` });
    await until('the capture there had begun', () => (capturing(port).length === 1 ? true : undefined));
    remote.child.kill('SIGKILL');
    await until('the capture there had ended', () => (capturing(port).length === 0 ? true : undefined));
  });

  it('tells what the program there says of a wrong filter', async () => {
    const remote = start(server, { interface: 'lo', filter: "tcp porrt '80'" });
    await once(remote.child, 'close');
    expect(remote.words()).to.include('syntax error');
    expect(remote.bytes().length).to.equal(0);
  });
});
