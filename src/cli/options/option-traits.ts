import type { OptionTraits } from '../../config/known-options.ts';

const list = { separator: ',' } as const;
const path = { path: 'file' } as const;

/** What the configuration file and the environment must know of options beside their declarations; by name. */
export const optionTraits: Readonly<Record<string, OptionTraits>> = {
  by: list,
  measure: list,
  prefix: list,
  buckets: list,
  'label-names': { ...list, pair: '=' },
  ring: { ...list, pair: ':' },
  grouping: { pair: '=' },
  max: { pair: '=' },
  min: { pair: '=' },
  for: { pair: '=' },
  preference: { pair: ':' },
  field: { pair: '=' },
  'ssh-option': { pair: '=', runsPrograms: true },
  tshark: { path: 'program', runsPrograms: true },
  instance: { negatable: true },
  push: { address: true },
  'remote-write': { address: true },
  'remote-write-header': { pair: '=', concealed: true },
  'password-file': path,
  'bearer-token-file': path,
  'tls-ca': path,
  'tls-cert': path,
  'tls-key': path,
  'remote-write-password-file': path,
  'remote-write-bearer-token-file': path,
  'remote-write-tls-ca': path,
  'remote-write-tls-cert': path,
  'remote-write-tls-key': path,
  textfile: path,
  'web-config-file': path,
  baseline: path,
  junit: path,
  write: path,
  output: path,
};
