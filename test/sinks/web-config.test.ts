import { chmod, copyFile, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { expect } from 'chai';
import { readWebConfig } from '../../src/sinks/web-config.ts';
import { WebConfigWatch } from '../../src/sinks/web-config-watch.ts';
import { createCertificates, type Certificates } from '../support/certificates.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { rejection } from './rejection.ts';

const hash = '$2b$04$VqZ0sglW6SL/qdhpClmtH.4VmQLguyLSX2LOy4.yXUCgOY2OGM/MK';

describe('readWebConfig', () => {
  const folder = temporaryFolder();
  let certificates: Certificates;
  before(async () => (certificates = await createCertificates()));
  after(() => certificates.remove());

  const written = async (...lines: string[]): Promise<string> => {
    await writeFile(folder('web.yml'), lines.join('\n'));
    return folder('web.yml');
  };
  const tls = (cert: string, key: string, ...more: string[]) =>
    written(
      'tls_server_config:',
      ` cert_file: ${cert}`,
      ` key_file: ${key}`,
      ...more.map((line) => ` ${line}`),
    );

  it('finds certificates beside the file', async () => {
    await mkdir(folder('tls'), { recursive: true });
    await copyFile(certificates.server.certFile, folder('tls', 'c.pem'));
    await copyFile(certificates.server.keyFile, folder('tls', 'k.pem'));
    const config = await readWebConfig(
      await tls('tls/c.pem', './tls/k.pem', 'cipher_suites: [TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256]'),
    );
    expect(config.tls?.context).to.include({ cert: certificates.server.cert, key: certificates.server.key });
    expect(config.stamps.map(({ file }) => file)).to.have.members([
      folder('web.yml'),
      folder('tls', 'c.pem'),
      folder('tls', 'k.pem'),
    ]);
  });

  it('takes certificates that stand in the file itself', async () => {
    const { cert, key } = certificates.server;
    const config = await readWebConfig(
      await written(`tls_server_config: ${JSON.stringify({ cert, key, min_version: 'TLS10' })}`),
    );
    expect(config.tls?.context.minVersion).to.equal('TLSv1');
  });

  it('names the file that is missing or not what it should be', async () => {
    const { server, client, encryptedKeyFile } = certificates;
    const cases: [file: Promise<string>, named: string, words: string][] = [
      [Promise.resolve('/no/such/web.yml'), '/no/such/web.yml', 'cannot be read'],
      [Promise.resolve('/dev/zero'), '/dev/zero', 'no file'],
    ];
    for (const [file, named, words] of cases) {
      const error = await rejection(readWebConfig(await file), 'usage');
      expect(error.message).to.contain(`"${named}"`).and.contain(words);
    }
    const ofTls: [cert: string, key: string, more: string[], named: string, words: string][] = [
      ['gone.pem', server.keyFile, [], folder('gone.pem'), 'cannot be read'],
      [server.certFile, '/', [], '/', 'no file'],
      [server.keyFile, server.keyFile, [], server.keyFile, 'no PEM certificate'],
      [server.certFile, server.certFile, [], server.certFile, 'no PEM private key'],
      [server.certFile, client.keyFile, [], client.keyFile, 'does not fit'],
      [server.certFile, encryptedKeyFile, [], encryptedKeyFile, 'no PEM private key'],
      [
        server.certFile,
        server.keyFile,
        ['client_auth_type: RequestClientCert', `client_ca_file: ${server.keyFile}`],
        server.keyFile,
        'no PEM certificate',
      ],
    ];
    for (const [cert, key, more, named, words] of ofTls) {
      const error = await rejection(readWebConfig(await tls(cert, key, ...more)), 'usage');
      expect(error.message).to.contain(`"${named}"`).and.contain(words);
      expect(`${error.message} ${error.detail ?? ''}`).not.to.contain('-----');
    }
  });

  describe('WebConfigWatch', () => {
    const watched = async (file: string): Promise<{ watch: WebConfigWatch; warnings: string[] }> => {
      const warnings: string[] = [];
      const watch = new WebConfigWatch(await readWebConfig(file), (message) => warnings.push(message));
      return { watch, warnings };
    };

    it('takes up what changes, and reads nothing that did not', async () => {
      const { watch, warnings } = await watched(await written(''));
      const before = await watch.current();
      expect(await watch.current()).to.equal(before);
      await written('basic_auth_users:', `  a: ${hash}`);
      const after = await watch.current();
      expect([...after.users.keys()]).to.deep.equal(['a']);
      expect(await watch.current()).to.equal(after);
      expect(warnings).to.deep.equal([]);
    });

    it('keeps the last good one, and warns once for each change', async () => {
      const { watch, warnings } = await watched(await written('basic_auth_users:', `  a: ${hash}`));
      const good = await watch.current();
      await written('basic_auth_users:', '  a: hunter2');
      for (let ask = 0; ask < 3; ask++) expect(await watch.current()).to.equal(good);
      expect(warnings).to.have.length(1);
      expect(warnings[0]).to.contain('line 2').and.contain('stays in force').and.not.contain('hunter2');
      await rm(folder('web.yml'));
      for (let ask = 0; ask < 3; ask++) expect(await watch.current()).to.equal(good);
      expect(warnings).to.have.length(2);
      await written('basic_auth_users:', `  b: ${hash}`);
      expect([...(await watch.current()).users.keys()]).to.deep.equal(['b']);
      expect(warnings).to.have.length(2);
    });

    it('sees new certificates, and those mended after the config was', async () => {
      const { server, expired } = certificates;
      await copyFile(server.certFile, folder('c.pem'));
      await copyFile(server.keyFile, folder('k.pem'));
      const { watch, warnings } = await watched(await tls('c.pem', 'k.pem'));
      const renew = async (from: string, to: string): Promise<void> => {
        await copyFile(from, folder('new'));
        await rename(folder('new'), folder(to));
      };
      await renew(expired.certFile, 'c.pem');
      expect((await watch.current()).tls?.context.cert).to.equal(server.cert);
      expect(warnings).to.have.length(1);
      await renew(expired.keyFile, 'k.pem');
      expect((await watch.current()).tls?.context.cert).to.equal(expired.cert);
      await tls('c.pem', 'other.pem');
      await watch.current();
      expect(warnings).to.have.length(2);
      await renew(expired.keyFile, 'other.pem');
      await chmod(folder('other.pem'), 0o600);
      const { stamps } = await watch.current();
      expect(stamps.map(({ file }) => file)).to.contain(folder('other.pem'));
      expect(warnings).to.have.length(2);
    });

    it('neither turns TLS on nor off', async () => {
      const { server } = certificates;
      const { watch, warnings } = await watched(await tls(server.certFile, server.keyFile));
      await written('');
      expect((await watch.current()).tls).not.to.equal(undefined);
      expect(warnings[0]).to.contain('turns TLS off').and.contain('restart');
    });
  });
});
