import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** A certificate and its key, as PEM and as files. */
export interface Identity {
  readonly certFile: string;
  readonly keyFile: string;
  readonly cert: string;
  readonly key: string;
}

/** Certificates made for one test run. */
export interface Certificates {
  /** Signed the others, but for those that say otherwise. */
  readonly authority: Identity;
  /** For `localhost` and 127.0.0.1. */
  readonly server: Identity;
  readonly client: Identity;
  /** An authority that nobody trusts. */
  readonly stranger: Identity;
  /** A client certificate signed by the stranger. */
  readonly strangeClient: Identity;
  /** For the same names as `server`, valid for one day of 2020. */
  readonly expired: Identity;
  /** The key of `client`, encrypted. */
  readonly encryptedKeyFile: string;
  readonly passphrase: string;
  remove(): Promise<void>;
}

const run = promisify(execFile);
const names = 'subjectAltName=DNS:localhost,IP:127.0.0.1';
const passphrase = 'open/sesame now';

/** Makes certificates with openssl in a folder of their own. */
export async function createCertificates(): Promise<Certificates> {
  const folder = await mkdtemp(join(tmpdir(), 'rttshark-certificates-'));
  const openssl = (...args: string[]) => run('openssl', args, { cwd: folder });

  const requestFor = async (name: string): Promise<void> => {
    await openssl(
      'genpkey',
      '-algorithm',
      'EC',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-out',
      `${name}.key`,
    );
    await openssl('req', '-new', '-key', `${name}.key`, '-subj', `/CN=${name}`, '-out', `${name}.csr`);
  };
  const authority = async (name: string): Promise<void> => {
    await requestFor(name);
    await openssl(
      ...['req', '-x509', '-key', `${name}.key`, '-subj', `/CN=${name}`, '-days', '2', '-out', `${name}.crt`],
    );
  };
  const signed = async (name: string, issuer: string, extension: string): Promise<void> => {
    await requestFor(name);
    await writeFile(join(folder, `${name}.ext`), `${extension}\n`);
    await openssl(
      ...['x509', '-req', '-in', `${name}.csr`, '-CA', `${issuer}.crt`, '-CAkey', `${issuer}.key`],
      ...['-CAcreateserial', '-days', '2', '-extfile', `${name}.ext`, '-out', `${name}.crt`],
    );
  };
  const expired = async (name: string, issuer: string): Promise<void> => {
    await requestFor(name);
    await writeFile(join(folder, 'index.txt'), '');
    await writeFile(
      join(folder, 'ca.cnf'),
      [
        '[ca]\ndefault_ca=a',
        '[a]\ndatabase=index.txt\nnew_certs_dir=.\ndefault_md=sha256\nrand_serial=yes\npolicy=p\nx509_extensions=e',
        `[p]\ncommonName=supplied\n[e]\n${names}\n`,
      ].join('\n'),
    );
    await openssl(
      ...['ca', '-batch', '-notext', '-config', 'ca.cnf', '-in', `${name}.csr`],
      ...['-cert', `${issuer}.crt`, '-keyfile', `${issuer}.key`, '-out', `${name}.crt`],
      ...['-startdate', '20200101000000Z', '-enddate', '20200102000000Z'],
    );
  };
  const identity = async (name: string): Promise<Identity> => {
    const [certFile, keyFile] = [join(folder, `${name}.crt`), join(folder, `${name}.key`)];
    return {
      certFile,
      keyFile,
      cert: await readFile(certFile, 'utf8'),
      key: await readFile(keyFile, 'utf8'),
    };
  };

  await Promise.all([authority('authority'), authority('stranger')]);
  await signed('server', 'authority', names);
  await signed('client', 'authority', 'extendedKeyUsage=clientAuth');
  await signed('strange-client', 'stranger', 'extendedKeyUsage=clientAuth');
  await expired('expired', 'authority');
  await openssl(
    'ec',
    '-in',
    'client.key',
    '-aes256',
    '-passout',
    `pass:${passphrase}`,
    '-out',
    'encrypted.key',
  );
  return {
    authority: await identity('authority'),
    server: await identity('server'),
    client: await identity('client'),
    stranger: await identity('stranger'),
    strangeClient: await identity('strange-client'),
    expired: await identity('expired'),
    encryptedKeyFile: join(folder, 'encrypted.key'),
    passphrase,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
