import { writeFile } from 'node:fs/promises';
import { expect } from 'chai';
import { readWebConfig } from '../../src/sinks/web-config.ts';
import { createCertificates, type Certificates } from '../support/certificates.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { curl, type CurlAnswer } from './scrape-curl.ts';
import { endpoints, type Endpoint } from './scrape-endpoint.ts';

// bcrypt of "pw", with few rounds.
const passHash = '$2y$04$bwtxTUjSwM5BWvDyYg38OO/ElC8T48tGUbLVIkRspZhidQtbytrhi';

describe('a scrape endpoint with a web config', () => {
  const folder = temporaryFolder();
  const start = endpoints();
  let certificates: Certificates;
  before(async () => (certificates = await createCertificates()));
  after(() => certificates.remove());

  const configure = async (...lines: string[]): Promise<void> => {
    await writeFile(folder('web.yml'), `${lines.join('\n')}\n`);
  };
  const started = async (...lines: string[]): Promise<Endpoint> => {
    await configure(...lines);
    return start({ webConfig: await readWebConfig(folder('web.yml')) });
  };
  const tls = (...more: string[]): string[] => [
    'tls_server_config:',
    `  cert_file: ${certificates.server.certFile}`,
    `  key_file: ${certificates.server.keyFile}`,
    ...more.map((line) => `  ${line}`),
  ];
  const users = ['basic_auth_users:', `  probe: ${passHash}`];
  const trusting = (...args: string[]): Promise<CurlAnswer> =>
    curl('--cacert', certificates.authority.certFile, ...args);
  const as = ({ certFile, keyFile }: { certFile: string; keyFile: string }): string[] => [
    ...['--cert', certFile, '--key', keyFile],
  ];

  it('gives those with wrong credentials nothing, on any path and method', async () => {
    const { url } = await started(...users);
    const wrong = [[], ['-u', 'probe:wrong'], ['-u', 'nobody:pw'], ['-H', 'Authorization: Bearer x']];
    for (const args of wrong) {
      for (const path of ['/metrics', '/', '/-/healthy', '/-/ready', '/nowhere']) {
        const { status, body, headers } = await curl(...args, url + path);
        expect({ status, body }).to.deep.equal({ status: 401, body: 'Unauthorized\n' });
        const told = Object.keys(headers).filter((name) => !['date', 'connection'].includes(name));
        expect(told).to.have.members(['www-authenticate', 'content-type', 'content-length']);
        expect(headers['www-authenticate']).to.equal('Basic');
      }
      expect((await curl(...args, '-X', 'DELETE', `${url}/metrics`)).status).to.equal(401);
      expect((await curl(...args, '-d', 'x', `${url}/metrics`)).status).to.equal(401);
    }
    expect((await curl('-u', 'probe:pw', `${url}/metrics`)).status).to.equal(200);
    expect((await curl('-u', 'probe:pw', `${url}/nowhere`)).status).to.equal(404);
  });

  it('sends the headers that are configured, and takes up changed users', async () => {
    const { url, warnings } = await started('http_server_config:', '  headers: {X-Frame-Options: deny}');
    expect((await curl(`${url}/metrics`)).headers['x-frame-options']).to.equal('deny');
    await configure(...users);
    expect((await curl(`${url}/metrics`)).status).to.equal(401);
    expect((await curl('-u', 'probe:pw', `${url}/metrics`)).status).to.equal(200);
    await configure('basic_auth_users: 1');
    expect((await curl(`${url}/metrics`)).status).to.equal(401);
    expect(warnings).to.have.length(1);
  });

  it('speaks TLS, and shows a new certificate at the next handshake', async () => {
    const { url } = await started(...tls());
    expect(url).to.match(/^https:/);
    expect((await trusting(`${url}/metrics`)).status).to.equal(200);
    expect((await curl(url.replace('https', 'http'))).status).not.to.equal(200);
    await configure(
      'tls_server_config:',
      `  cert_file: ${certificates.expired.certFile}`,
      `  key_file: ${certificates.expired.keyFile}`,
    );
    const expired = await trusting(`${url}/metrics`);
    expect(expired.status).to.equal(0);
    expect(expired.stderr).to.contain('expired');
  });

  it('speaks the versions, ciphers and curves that it may', async () => {
    const { url } = await started(
      ...tls('max_version: TLS12', 'cipher_suites: [TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384]'),
    );
    const path = `${url}/metrics`;
    expect((await trusting('--tlsv1.3', path)).status).to.equal(0);
    expect((await trusting('--ciphers', 'ECDHE-ECDSA-AES256-GCM-SHA384', path)).status).to.equal(200);
    expect((await trusting('--ciphers', 'ECDHE-ECDSA-AES128-GCM-SHA256', path)).status).to.equal(0);
    await configure(...tls('min_version: TLS13', 'curve_preferences: [CurveP384]'));
    expect((await trusting('--tls-max', '1.2', path)).status).to.equal(0);
    expect((await trusting('--curves', 'P-384', path)).status).to.equal(200);
    expect((await trusting('--curves', 'X25519', path)).status).to.equal(0);
    await configure(...tls('min_version: TLS10', 'max_version: TLS11'));
    const old = ['--tlsv1.1', '--tls-max', '1.1', '--ciphers', 'DEFAULT@SECLEVEL=0'];
    expect((await trusting(...old, path)).status).to.equal(200);
  });

  // What is shown: no certificate, one of an unknown authority, a good one.
  const policies: [type: string, none: number, strange: number, good: number][] = [
    ['NoClientCert', 200, 200, 200],
    ['RequestClientCert', 200, 200, 200],
    ['RequireAnyClientCert', 0, 200, 200],
    ['RequireClientCert', 0, 200, 200],
    ['VerifyClientCertIfGiven', 200, 0, 200],
    ['RequireAndVerifyClientCert', 0, 0, 200],
  ];
  it('asks clients for certificates as it is told, also when that changes', async () => {
    const { url, warnings } = await started(...tls());
    for (const [type, none, strange, good] of policies) {
      const ca = type.includes('Verify') ? [`client_ca_file: ${certificates.authority.certFile}`] : [];
      await configure(...tls(`client_auth_type: ${type}`, ...ca));
      const path = `${url}/metrics`;
      expect((await trusting(path)).status, `${type}, none`).to.equal(none);
      expect((await trusting(...as(certificates.strangeClient), path)).status, `${type}, strange`).to.equal(
        strange,
      );
      expect((await trusting(...as(certificates.client), path)).status, type).to.equal(good);
      expect((await trusting('--tls-max', '1.2', path)).status, `${type}, none, 1.2`).to.equal(none);
    }
    expect(warnings).to.deep.equal([]);
  });

  it('lets in only clients with an allowed name', async () => {
    const named = (names: string): string[] =>
      tls(
        'client_auth_type: RequireAndVerifyClientCert',
        `client_ca_file: ${certificates.authority.certFile}`,
        names,
      );
    const { url } = await started(...named('client_allowed_sans: [localhost]'));
    // The server's own certificate names no purpose, so that it is good for clients too.
    const client = as(certificates.server);
    expect((await trusting(...client, `${url}/metrics`)).status).to.equal(200);
    expect((await trusting(...as(certificates.client), `${url}/metrics`)).status).to.equal(0);
    await configure(...named('client_allowed_sans: [prometheus.example]'));
    expect((await trusting(...client, `${url}/metrics`)).status).to.equal(0);
  });
});
