import { expect } from 'chai';
import { readTlsFiles } from '../../src/sinks/tls-files.ts';
import { createCertificates, type Certificates } from '../support/certificates.ts';
import { rejection } from './rejection.ts';

describe('readTlsFiles', () => {
  let certificates: Certificates;
  before(async () => (certificates = await createCertificates()));
  after(() => certificates.remove());

  it('reads what tlsAuthHandler takes, and hands on the rest', async () => {
    const { authority, client } = certificates;
    const options = await readTlsFiles({
      caFile: authority.certFile,
      certFile: client.certFile,
      keyFile: client.keyFile,
      serverName: 'x',
    });
    expect({
      ...options,
      ca: options.ca?.toString(),
      cert: options.cert?.toString(),
      key: options.key?.toString(),
    }).to.deep.equal({ ca: authority.cert, cert: client.cert, key: client.key, serverName: 'x' });
    expect(await readTlsFiles({ skipVerify: true })).to.deep.equal({ skipVerify: true });
  });

  it('names the file that is missing or of another kind', async () => {
    const { client } = certificates;
    const missing = await rejection(readTlsFiles({ caFile: '/no/such/ca.pem' }), 'usage');
    expect(missing.message).to.contain('"/no/such/ca.pem"');
    expect(missing.detail).to.contain('ENOENT');
    const folder = await rejection(readTlsFiles({ keyFile: '/' }), 'usage');
    expect(folder.message).to.contain('"/"');
    const swapped = await rejection(readTlsFiles({ certFile: client.keyFile }), 'usage');
    expect(swapped.message).to.contain(`"${client.keyFile}"`);
    const noKey = await rejection(readTlsFiles({ keyFile: client.certFile }), 'usage');
    expect(noKey.message).to.contain('private key');
  });

  it('reads an encrypted key too', async () => {
    const { key } = await readTlsFiles({ keyFile: certificates.encryptedKeyFile });
    expect(key?.toString()).to.contain('ENCRYPTED');
  });
});
