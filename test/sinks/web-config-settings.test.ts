import { expect } from 'chai';
import fc from 'fast-check';
import { RttsharkError } from '../../src/errors.ts';
import { parseWebSettings } from '../../src/sinks/web-config-settings.ts';
import { thrown } from './rejection.ts';

const hash = '$2b$04$VqZ0sglW6SL/qdhpClmtH.4VmQLguyLSX2LOy4.yXUCgOY2OGM/MK';

const parse = (...lines: string[]) => parseWebSettings(lines.join('\n'), 'web.yml');
const tls = (...lines: string[]) =>
  parse('tls_server_config:', '  cert_file: c.pem', '  key_file: k.pem', ...lines.map((line) => `  ${line}`));

describe('parseWebSettings', () => {
  for (const text of ['', '\n', '# nothing', '---', 'tls_server_config:', 'basic_auth_users: {}']) {
    it(`takes ${JSON.stringify(text)} for plain HTTP without users`, () => {
      expect(parse(text)).to.deep.equal({ tls: undefined, headers: {}, users: new Map(), remarks: [] });
    });
  }

  it('fills in what exporters do where nothing is said', () => {
    expect(tls().tls).to.deep.equal({
      cert: { file: 'c.pem' },
      key: { file: 'k.pem' },
      clientAuth: 'none',
      clientCa: undefined,
      clientAllowedSans: undefined,
      minVersion: 'TLSv1.2',
      maxVersion: 'TLSv1.3',
      ciphers: undefined,
      preferServerCiphers: true,
      curves: undefined,
    });
  });

  it('takes all that can be said', () => {
    const settings = parse(
      'tls_server_config:',
      '  cert: CERT',
      '  key: KEY',
      '  client_ca: CA',
      '  client_auth_type: RequireAndVerifyClientCert',
      '  client_allowed_sans: [prometheus.example, 10.0.0.1]',
      '  min_version: TLS12',
      '  max_version: TLS12',
      '  cipher_suites:',
      '    - TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256',
      '    - TLS_AES_128_GCM_SHA256',
      '  prefer_server_cipher_suites: no',
      '  curve_preferences: [X25519, CurveP384]',
      'http_server_config:',
      '  http2: true',
      '  headers:',
      '    X-Frame-Options: deny',
      '    X-XSS-Protection: ""',
      '    Strict-Transport-Security: max-age=60',
      'basic_auth_users:',
      `  alice: ${hash}`,
      `  "10": '${hash}'`,
    );
    expect(settings.tls).to.deep.equal({
      cert: { pem: 'CERT' },
      key: { pem: 'KEY' },
      clientAuth: 'verify-required',
      clientCa: { pem: 'CA' },
      clientAllowedSans: ['prometheus.example', '10.0.0.1'],
      minVersion: 'TLSv1.2',
      maxVersion: 'TLSv1.2',
      ciphers:
        'TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:ECDHE-ECDSA-AES128-GCM-SHA256',
      preferServerCiphers: false,
      curves: 'X25519:P-384',
    });
    expect(settings.headers).to.deep.equal({
      'X-Frame-Options': 'deny',
      'Strict-Transport-Security': 'max-age=60',
    });
    expect([...settings.users.keys()]).to.deep.equal(['alice', '10']);
    expect(settings.remarks).to.deep.equal([
      'The web config file "web.yml" asks for HTTP/2; metrics are served over HTTP/1.1.',
    ]);
  });

  const clients: [type: string, meaning: string][] = [
    ['NoClientCert', 'none'],
    ['RequestClientCert', 'request'],
    ['RequireAnyClientCert', 'require-any'],
    ['RequireClientCert', 'require-any'],
    ['VerifyClientCertIfGiven', 'verify-given'],
    ['RequireAndVerifyClientCert', 'verify-required'],
  ];
  for (const [type, meaning] of clients) {
    it(`knows ${type}`, () => {
      const ca = type === 'NoClientCert' ? [] : ['client_ca_file: ca.pem'];
      expect(tls(`client_auth_type: ${type}`, ...ca).tls?.clientAuth).to.equal(meaning);
    });
  }

  const mistakes: [what: string, text: string, line: number, words: string][] = [
    ['an unknown section', 'tls_server_config: {}\nhttp_server: 1', 2, '"http_server" is no known key'],
    ['an unknown key of TLS', 'tls_server_config:\n  cert_fil: x', 2, '"cert_fil" is no known key'],
    ['an unknown key of HTTP', 'http_server_config:\n  http3: true', 2, '"http3" is no known key'],
    ['a section that is no mapping', 'basic_auth_users:\n  - x', 2, '"key: value"'],
    ['a list in place of all', '- x', 1, '"key: value"'],
    ['a key twice', 'basic_auth_users: {}\nbasic_auth_users: {}', 2, 'second time'],
    ['no YAML', 'a: b\n  c: d\n e', 1, 'YAML'],
    ['an open quote', 'basic_auth_users:\n  a: "hunter2', 2, 'missing'],
    ['a tab', 'tls_server_config:\n\tcert_file: x', 2, 'tab'],
    ['a second document', 'basic_auth_users: {}\n---\na: b', 2, 'document'],
    ['a certificate without its key', 'tls_server_config:\n  cert_file: x', 2, '"key_file" is missing'],
    ['a key without its certificate', 'tls_server_config:\n  key_file: x', 2, '"cert_file" is missing'],
    ['a password that is no hash', `basic_auth_users:\n  a: ${hash}\n  bob: hunter2`, 3, '"bob"'],
    ['a hash of other kinds', 'basic_auth_users:\n  bob: $apr1$hunter2$', 2, 'no bcrypt hash'],
    ['a hash with too many rounds', `basic_auth_users:\n  bob: ${hash.replace('04', '32')}`, 2, '"bob"'],
    ['a hash cut short', `basic_auth_users:\n  bob: ${hash.slice(0, -1)}`, 2, '"bob"'],
    ['a password that is a number', 'basic_auth_users:\n  bob: 12345', 2, 'a text is expected'],
    ['a user with a colon', `basic_auth_users:\n  "a:b": ${hash}`, 2, 'colon'],
    ['a header that is not allowed', 'http_server_config:\n  headers:\n    Server: x', 3, '"Server"'],
    [
      'a wrong value of a header',
      'http_server_config:\n  headers:\n    X-Frame-Options: x',
      3,
      'deny or sameorigin',
    ],
    [
      'a header with a line end',
      'http_server_config:\n  headers:\n    X-XSS-Protection: "a\\nb"',
      3,
      'characters',
    ],
    ['HTTP/2 neither on nor off', 'http_server_config:\n  http2: perhaps', 2, 'true or false'],
  ];
  for (const [what, text, line, words] of mistakes) {
    it(`points at ${what}`, () => {
      const error = thrown('usage', () => parse(text));
      expect(error.message).to.contain(`"web.yml", line ${line}: `).and.contain(words);
      expect(`${error.message} ${error.detail ?? ''} ${error.hint ?? ''}`).not.to.contain('hunter2');
    });
  }

  const ofTls: [line: string, words: string][] = [
    ['client_auth_type: Always', 'knows no "Always"'],
    ['client_auth_type: RequireAndVerifyClientCert', '"client_ca_file" is missing'],
    ['client_ca_file: ca.pem', 'without effect'],
    ['client_allowed_sans: [a]', 'must show a certificate'],
    ['min_version: TLS14', 'knows no "TLS14"'],
    ['max_version: TLS11', 'is below'],
    ['cipher_suites: [TLS_RSA_WITH_RC4_128_SHA]', 'knows no "TLS_RSA_WITH_RC4_128_SHA"'],
    ['cipher_suites: AES128', 'a list is expected'],
    ['curve_preferences: [CurveP111]', 'knows no "CurveP111"'],
    ['prefer_server_cipher_suites: 1', 'true or false'],
    ['cert: PEM', 'exclude each other'],
  ];
  for (const [line, words] of ofTls) {
    it(`refuses ${line}`, () => {
      const error = thrown('usage', () => tls(line));
      expect(error.message)
        .to.match(/"web\.yml", line \d: /)
        .and.contain(words);
    });
  }

  it('never fails but with a line, whatever the file holds', () => {
    const pieces = fc.constantFrom(
      ...[
        'tls_server_config',
        'basic_auth_users',
        'http_server_config',
        ':',
        ' ',
        '\n',
        '\n  ',
        '- ',
        '&a',
        '*a',
      ],
      ...[
        '{',
        '}',
        '[',
        ']',
        '"',
        "'",
        '!!',
        '|',
        '>',
        '<<',
        '?',
        '%',
        '@',
        '\t',
        'x',
        '1',
        'true',
        '~',
        hash,
      ],
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 30 }), (words) => {
        try {
          parse(words.join(''));
        } catch (error) {
          expect(error).to.be.instanceOf(RttsharkError);
          expect((error as RttsharkError).message).to.match(/line \d+: /);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
