import { rmSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RttsharkError } from '../errors.ts';

/** A key of a radio network, as Wireshark's table of them has it. */
export interface WlanKey {
  /** A passphrase (`passphrase:ssid` where the network has to be named), a pre-shared key, a WEP key, a temporal key. */
  readonly type: 'wpa-pwd' | 'wpa-psk' | 'wep' | 'tk';
  readonly key: string;
}

/**
 * What tshark decrypts with. tshark finds it in a folder that only this user may read and that is there while the capture
 * runs: it stands in no command line, and so in no list of processes.
 */
export interface DecryptionKeys {
  /** Path of a file as programs write it that are told by SSLKEYLOGFILE. */
  readonly tlsKeyLogFile?: string | undefined;
  readonly wlan?: readonly WlanKey[] | undefined;
  /** Other preferences that hold secrets, as after tshark's `-o` but for tables (`uat:`). */
  readonly preferences?: readonly string[] | undefined;
}

/** A configuration folder of tshark with the keys in it. */
export interface KeyFolder {
  /** For WIRESHARK_CONFIG_DIR. */
  readonly path: string;
  remove(): Promise<void>;
}

/** @throws RttsharkError `usage` for a preference that is none; no message quotes one */
export async function writeKeys(keys: DecryptionKeys): Promise<KeyFolder> {
  const files = keyFiles(keys);
  // Nobody else may look into what mkdtemp makes.
  const path = await mkdtemp(join(tmpdir(), 'rttshark-keys-'));
  const removeAtExit = () => {
    rmSync(path, { recursive: true, force: true });
  };
  process.once('exit', removeAtExit);
  const remove = async () => {
    process.off('exit', removeAtExit);
    await rm(path, { recursive: true, force: true });
  };
  try {
    for (const [name, text] of Object.entries(files))
      await writeFile(join(path, name), text, { mode: 0o600 });
  } catch (error) {
    await remove();
    throw error;
  }
  return { path, remove };
}

/** The files of the folder, text by name. Pure. */
export function keyFiles({
  tlsKeyLogFile,
  wlan = [],
  preferences = [],
}: DecryptionKeys): Record<string, string> {
  const lines = [
    ...(tlsKeyLogFile === undefined ? [] : [`tls.keylog_file: ${tlsKeyLogFile}`]),
    ...(wlan.length === 0 ? [] : ['wlan.enable_decryption: TRUE']),
    ...preferences.map(preferenceLine),
  ];
  if (lines.some((line) => /[\r\n]/.test(line))) {
    throw new RttsharkError('usage', 'A key or a secret preference has more than one line.');
  }
  const table = wlan.map(({ type, key }) => `"${type}","${quoted(key)}"\n`).join('');
  return {
    preferences: lines.map((line) => `${line}\n`).join(''),
    ...(table === '' ? {} : { '80211_keys': table }),
  };
}

function preferenceLine(preference: string): string {
  const [, name, value] = /^([\w.-]+):(.*)$/s.exec(preference) ?? [];
  if (name === undefined || value === undefined || name === 'uat') {
    throw new RttsharkError('usage', 'A secret preference is not of the form "name:value".', {
      hint: 'Tables ("uat:") cannot be given so; for keys of radio networks there is "wlan".',
    });
  }
  return `${name}: ${value}`;
}

/** Wireshark's tables have bytes that could be taken for something else as hexadecimal digits. */
function quoted(key: string): string {
  return Array.from(Buffer.from(key), (byte) =>
    byte < 0x20 || byte > 0x7e || byte === 0x22 || byte === 0x5c
      ? `\\x${byte.toString(16).padStart(2, '0')}`
      : String.fromCharCode(byte),
  ).join('');
}
