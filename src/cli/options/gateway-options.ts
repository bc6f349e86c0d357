import type { Options } from 'yargs';

/** Which group on the gateway is meant. */
export const groupOptions = {
  job: {
    type: 'string',
    requiresArg: true,
    default: 'rttshark',
    group: 'Pushgateway:',
    describe: 'Value of the label job',
  },
  grouping: {
    type: 'string',
    array: true,
    nargs: 1,
    group: 'Pushgateway:',
    describe: 'Further label of the group, as name=value; repeatable',
  },
  instance: {
    type: 'string',
    requiresArg: true,
    group: 'Pushgateway:',
    describe: 'Value of the label instance; --no-instance leaves the label out',
    defaultDescription: "this host's name",
  },
} as const satisfies Record<string, Options>;

/** How to speak with a gateway: for every command that does. */
export const connectionOptions = {
  username: {
    type: 'string',
    requiresArg: true,
    group: 'Pushgateway:',
    describe: 'User name for basic auth',
  },
  'password-file': {
    type: 'string',
    requiresArg: true,
    group: 'Pushgateway:',
    describe: 'File with the password; else the variable RTTSHARK_PASSWORD',
  },
  'bearer-token-file': {
    type: 'string',
    requiresArg: true,
    group: 'Pushgateway:',
    describe: 'File with a bearer token; else the variable RTTSHARK_BEARER_TOKEN',
  },
  'tls-ca': {
    type: 'string',
    requiresArg: true,
    group: 'Pushgateway:',
    describe: "PEM file of the authorities to trust, in place of the system's",
  },
  'tls-cert': {
    type: 'string',
    requiresArg: true,
    group: 'Pushgateway:',
    describe: 'PEM file of the client certificate',
  },
  'tls-key': {
    type: 'string',
    requiresArg: true,
    group: 'Pushgateway:',
    describe: 'PEM file of its key; a passphrase in the variable RTTSHARK_TLS_KEY_PASSPHRASE',
  },
  'tls-server-name': {
    type: 'string',
    requiresArg: true,
    group: 'Pushgateway:',
    describe: "Name to find in the gateway's certificate, in place of the URL's host",
  },
  'tls-skip-verify': {
    type: 'boolean',
    default: false,
    group: 'Pushgateway:',
    describe: 'Accept any certificate: whoever is in between can read and change everything',
  },
  'push-timeout': {
    type: 'string',
    requiresArg: true,
    default: '30s',
    group: 'Pushgateway:',
    describe: 'Time for one whole request',
  },
  'push-retries': {
    type: 'string',
    requiresArg: true,
    default: '3',
    group: 'Pushgateway:',
    describe: 'Times to try again after connection errors, 429 and 5xx',
  },
  'follow-redirects': {
    type: 'boolean',
    default: false,
    group: 'Pushgateway:',
    describe: 'Follow redirects, method and body kept, instead of failing',
  },
} as const satisfies Record<string, Options>;

/** For the commands that push. */
export const pushOptions = {
  push: {
    type: 'string',
    requiresArg: true,
    group: 'Pushgateway:',
    describe: 'Push the metrics to this gateway: http://host:9091',
  },
  'push-method': {
    choices: ['put', 'post'],
    requiresArg: true,
    default: 'put',
    group: 'Pushgateway:',
    describe: 'put replaces the group, post only the metrics of the same names',
  },
  'push-format': {
    choices: ['auto', 'text', 'protobuf'],
    requiresArg: true,
    default: 'auto',
    group: 'Pushgateway:',
    describe: 'auto is protobuf with native histograms or exemplars, else text',
  },
  'push-compression': {
    choices: ['gzip', 'none'],
    requiresArg: true,
    default: 'gzip',
    group: 'Pushgateway:',
    describe: 'A Pushgateway before 1.5 needs none',
  },
  ...groupOptions,
  ...connectionOptions,
} as const satisfies Record<string, Options>;
