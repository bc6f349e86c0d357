import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { until } from '../support/deadline.ts';
import { freePort } from '../support/ports.ts';

/** A real sshd on the loopback, with keys of its own, that lets the user of the tests in. */
export interface SshServer {
  readonly port: number;
  readonly user: string;
  /** As after ssh's `-o`. */
  readonly sshOptions: readonly string[];
  stop(): Promise<void>;
}

/** @param path - PATH of what runs in it; sshd's own where it is not given */
export async function startSshServer(path?: string): Promise<SshServer> {
  const folder = mkdtempSync(join(tmpdir(), 'rttshark-sshd-'));
  for (const name of ['host', 'user']) {
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(folder, name)]);
  }
  execFileSync('cp', [join(folder, 'user.pub'), join(folder, 'authorized')]);
  const port = await freePort();
  mkdirSync('/run/sshd', { recursive: true });
  writeFileSync(
    join(folder, 'config'),
    [
      `Port ${port}`,
      'ListenAddress 127.0.0.1',
      `HostKey ${join(folder, 'host')}`,
      `AuthorizedKeysFile ${join(folder, 'authorized')}`,
      'UsePAM no',
      'StrictModes no',
      'PermitRootLogin yes',
      `PidFile ${join(folder, 'pid')}`,
      ...(path === undefined ? [] : [`SetEnv PATH=${path}`]),
    ].join('\n') + '\n',
  );
  const server = spawn('/usr/sbin/sshd', ['-D', '-e', '-f', join(folder, 'config')], { stdio: 'ignore' });
  const stop = async () => {
    const exit = once(server, 'exit');
    if (server.exitCode === null && server.signalCode === null) {
      server.kill('SIGTERM');
      await exit;
    }
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await until('sshd listened', () => listens(port));
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    port,
    user: userInfo().username,
    sshOptions: [
      `IdentityFile=${join(folder, 'user')}`,
      'IdentitiesOnly=yes',
      'StrictHostKeyChecking=no',
      `UserKnownHostsFile=${join(folder, 'known')}`,
    ],
    stop,
  };
}

function listens(port: number): Promise<true | undefined> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => {
      resolve(undefined);
    });
  });
}
