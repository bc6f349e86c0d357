import { createConnection, type Socket } from 'node:net';
import { writeFile } from 'node:fs/promises';
import { expect } from 'chai';
import type { AnalysisDocument } from '../../src/report/analysis-document.ts';
import { createCertificates, type Certificates } from '../support/certificates.ts';
import { until } from '../support/deadline.ts';
import { freePort } from '../support/ports.ts';
import { gatewayUser } from '../support/pushgateway.ts';
import { rttshark } from '../support/run-command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { curl } from '../sinks/scrape-curl.ts';
import { chatter } from './chatter.ts';
import { sumOf, seriesValue } from './exposition.ts';
import { beginLive, endingCaptures } from './running-live.ts';

describe('live: hostile clients of the endpoint', () => {
  const talker = chatter();
  const file = temporaryFolder();
  endingCaptures();
  let certificates: Certificates;
  const sockets: Socket[] = [];
  before(async () => {
    certificates = await createCertificates();
  });
  afterEach(() => {
    for (const socket of sockets.splice(0)) socket.destroy();
  });
  after(() => certificates.remove());

  /** Connections that send something and then do nothing, not even read. */
  function stuck(port: number, count: number, words: string | Buffer): void {
    for (let at = 0; at < count; at++) {
      const socket = createConnection({ host: '127.0.0.1', port });
      sockets.push(socket);
      socket.on('error', () => undefined);
      socket.pause();
      socket.write(words);
    }
  }

  it('cost no packet and change no sample, while others are still answered', async () => {
    const { certFile, keyFile } = certificates.server;
    await writeFile(
      file('web.yml'),
      `tls_server_config: {cert_file: ${certFile}, key_file: ${keyFile}}
basic_auth_users: {${gatewayUser.username}: ${gatewayUser.passwordHash}}
`,
    );
    const filter = ['-i', 'lo', '-f', `tcp port ${talker.port}`, '--format', 'json', '--interval', '1h'];
    const port = await freePort();
    const openPort = await freePort();
    const secure = ['--listen', `127.0.0.1:${port}`, '--web-config-file', file('web.yml')];
    const live = await beginLive([...filter, ...secure, '--write', file('secure.pcapng')]);
    const open = await beginLive([
      ...filter,
      '--listen',
      `127.0.0.1:${openPort}`,
      '--write',
      file('open.pcapng'),
    ]);

    // Half a TLS handshake, and requests whose answers nobody reads, over and over in one connection.
    stuck(port, 20, Buffer.from('160301020001000001fc0303', 'hex'));
    stuck(openPort, 20, 'GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n'.repeat(50));
    stuck(openPort, 20, 'GET /metrics HTTP/1.1\r\nHost: a\r\nX-Slow: ');
    const ca = ['--cacert', certificates.authority.certFile];
    const url = `https://localhost:${port}/metrics`;
    const guesses = Promise.all(
      Array.from({ length: 8 }, (_, at) =>
        // One curl asks many times, each time with another password.
        curl(...ca, ...manyGuesses(url, at)),
      ),
    );
    const state = { over: false };
    void guesses.finally(() => (state.over = true));
    do await talker.talk(10, 50);
    while (!state.over);
    await guesses;

    const right = ['-u', `${gatewayUser.username}:${gatewayUser.password}`];
    const answer = await until('a client with the password was answered', async () => {
      const got = await curl(...ca, ...right, url);
      return got.status === 200 ? got : undefined;
    });
    expect(sumOf(answer.body, 'rttshark_dropped_packets_total')).to.equal(0);
    expect(seriesValue(answer.body, 'rttshark_gaps_total')).to.equal(0);

    for (const [capture, name] of [
      [live, 'secure'],
      [open, 'open'],
    ] as const) {
      const { stdout } = await capture.end();
      const document = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as AnalysisDocument;
      const analyzed = await rttshark(['analyze', file(`${name}.pcapng`), '--format', 'json']);
      expect(analyzed.status, analyzed.stderr).to.equal(0);
      const { measurements } = JSON.parse(analyzed.stdout) as AnalysisDocument;
      expect(document.measurements, name).to.deep.equal(measurements);
      expect(document.measurements[0]!.total.count, name).to.be.above(500);
    }
  });

  function manyGuesses(url: string, at: number): string[] {
    return Array.from({ length: 12 }, (_, guess) => [
      ...(guess === 0 ? [] : ['--next', '-sS', '--cacert', certificates.authority.certFile]),
      ...['-o', '/dev/null', '-u', `${gatewayUser.username}:guess ${at} ${guess}`, url],
    ]).flat();
  }
});
