import { execFile } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { alternativeNames, isClientAllowed, type ClientAuth } from '../../src/sinks/client-certificate.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const run = promisify(execFile);

describe('isClientAllowed', () => {
  const folder = temporaryFolder();
  let certificate: X509Certificate;

  /** Signed by itself, with these lines as alternative names. */
  const certificateFor = async (...names: string[]): Promise<X509Certificate> => {
    const [config, cert] = [folder('openssl.cnf'), folder('client.crt')];
    const sections =
      '[req]\ndistinguished_name=dn\nx509_extensions=e\n[dn]\n[e]\nsubjectAltName=@names\n[names]';
    await writeFile(config, [sections, ...names, ''].join('\n'));
    await run('openssl', [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'],
      ...['-keyout', folder('client.key'), '-out', cert, '-subj', '/CN=common.example', '-config', config],
    ]);
    return new X509Certificate(await readFile(cert));
  };
  before(async () => {
    certificate = await certificateFor(
      ...['DNS.1=prometheus.example', 'IP.1=10.0.0.1', 'IP.2=2001:db8::1'],
      ...['email.1=a@b.example', 'URI.1=spiffe://x/y'],
    );
  });

  // The certificate that was shown: none, one of unknown origin, a good one.
  const policies: [clientAuth: ClientAuth, none: boolean, any: boolean, good: boolean][] = [
    ['none', true, true, true],
    ['request', true, true, true],
    ['require-any', false, true, true],
    ['verify-given', true, false, true],
    ['verify-required', false, false, true],
  ];
  for (const [clientAuth, none, any, good] of policies) {
    it(`decides for ${clientAuth}`, () => {
      const policy = { clientAuth, clientAllowedSans: undefined };
      expect(isClientAllowed(policy, undefined, false)).to.equal(none);
      expect(isClientAllowed(policy, certificate, false)).to.equal(any);
      expect(isClientAllowed(policy, certificate, true)).to.equal(good);
    });
  }

  const sans: [names: string[], allowed: boolean][] = [
    [['prometheus.example'], true],
    [['10.0.0.1'], true],
    [['2001:db8::1'], true],
    [['2001:DB8:0:0::0001'], true],
    [['a@b.example'], true],
    [['spiffe://x/y'], true],
    [['other.example', '10.0.0.1'], true],
    [['common.example'], false],
    [['example', 'DNS:prometheus.example', '*.example'], false],
    [[], false],
  ];
  for (const [names, allowed] of sans) {
    it(`${allowed ? 'lets in' : 'keeps out'} where ${JSON.stringify(names)} may come`, () => {
      const policy = { clientAuth: 'verify-required', clientAllowedSans: names } as const;
      expect(isClientAllowed(policy, certificate, true)).to.equal(allowed);
    });
  }

  it('is not fooled by a name that looks like two', async () => {
    const forged = await certificateFor('URI.1=http://x/, DNS:prometheus.example');
    const names = alternativeNames(forged.subjectAltName);
    expect(names).to.have.length(1);
    const policy = { clientAuth: 'verify-required', clientAllowedSans: ['prometheus.example'] } as const;
    expect(isClientAllowed(policy, forged, true)).to.equal(false);
  });
});
