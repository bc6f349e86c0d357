/** The text of a web config file to what it says. Files that it names are not looked at. */

import { allowedHeader } from './web-config-headers.ts';
import { parseTlsSettings, type TlsServerSettings } from './web-config-tls.ts';
import { parseYaml, type YamlEntry, type YamlValue } from './web-config-yaml.ts';

export interface WebSettings {
  /** Undefined for plain HTTP. */
  readonly tls: TlsServerSettings | undefined;
  /** Sent with every answer. */
  readonly headers: Readonly<Record<string, string>>;
  /** bcrypt hashes by user name; without any, nobody is asked for a password. */
  readonly users: ReadonlyMap<string, string>;
  /** What is said there and has no effect. */
  readonly remarks: readonly string[];
}

const sections = ['tls_server_config', 'http_server_config', 'basic_auth_users'];

/**
 * Parses a web config file, in the format of Prometheus' exporters.
 *
 * @param file - its name, for messages
 * @throws RttsharkError `usage` with file, line and key
 */
export function parseWebSettings(text: string, file: string): WebSettings {
  let tls: TlsServerSettings | undefined;
  let http: Pick<WebSettings, 'headers' | 'remarks'> = { headers: {}, remarks: [] };
  let users: ReadonlyMap<string, string> = new Map();
  for (const entry of parseYaml(text, file).entries()) {
    if (entry.key === 'tls_server_config') tls = parseTlsSettings(entry.value);
    else if (entry.key === 'http_server_config') http = parseHttp(entry.value, file);
    else if (entry.key === 'basic_auth_users') users = parseUsers(entry.value);
    else throw unknownKey(entry, sections);
  }
  return { tls, ...http, users };
}

/** The error for a key that nobody knows. */
export function unknownKey({ key, complain }: YamlEntry, known: readonly string[]): Error {
  return complain(`"${key}" is no known key.`, `Known here: ${known.join(', ')}.`);
}

function parseHttp(value: YamlValue, file: string): Pick<WebSettings, 'headers' | 'remarks'> {
  const headers: Record<string, string> = {};
  const remarks: string[] = [];
  for (const entry of value.entries()) {
    if (entry.key === 'http2') {
      if (entry.value.flag() === true) {
        remarks.push(`The web config file "${file}" asks for HTTP/2; metrics are served over HTTP/1.1.`);
      }
    } else if (entry.key === 'headers') {
      for (const header of entry.value.entries()) {
        const text = allowedHeader(header);
        if (text !== '') headers[header.key] = text;
      }
    } else throw unknownKey(entry, ['http2', 'headers']);
  }
  return { headers, remarks };
}

const bcryptHash = /^\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{53}$/;

function parseUsers(value: YamlValue): Map<string, string> {
  const users = new Map<string, string>();
  for (const { key, value: stored, complain } of value.entries()) {
    if (key === '' || key.includes(':')) {
      throw complain('a user name may be neither empty nor hold a colon.');
    }
    const hash = stored.text();
    const rounds = Number(bcryptHash.exec(hash)?.[1]);
    if (!(rounds >= 4 && rounds <= 31)) {
      throw complain(
        `the password of the user "${key}" is no bcrypt hash.`,
        "Make one with: htpasswd -nBC 10 USER (of Debian's apache2-utils).",
      );
    }
    users.set(key, hash);
  }
  return users;
}
