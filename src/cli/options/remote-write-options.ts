import type { Options } from 'yargs';

const group = 'Remote write:';

/** Where and how series are written; for every command that does. */
const receiverOptions = {
  'remote-write': {
    type: 'string',
    requiresArg: true,
    group,
    describe: "Write the metrics to this store, by Prometheus' remote write: http://host:9090/api/v1/write",
  },
  'remote-write-header': {
    type: 'string',
    array: true,
    nargs: 1,
    group,
    describe: 'Header of each request, as name=value: X-Scope-OrgID=team; repeatable',
  },
  'remote-write-username': {
    type: 'string',
    requiresArg: true,
    group,
    describe: 'User name for basic auth',
  },
  'remote-write-password-file': {
    type: 'string',
    requiresArg: true,
    group,
    describe: 'File with the password; else the variable RTTSHARK_REMOTE_WRITE_PASSWORD',
  },
  'remote-write-bearer-token-file': {
    type: 'string',
    requiresArg: true,
    group,
    describe: 'File with a bearer token; else the variable RTTSHARK_REMOTE_WRITE_BEARER_TOKEN',
  },
  'remote-write-tls-ca': {
    type: 'string',
    requiresArg: true,
    group,
    describe: "PEM file of the authorities to trust, in place of the system's",
  },
  'remote-write-tls-cert': {
    type: 'string',
    requiresArg: true,
    group,
    describe: 'PEM file of the client certificate',
  },
  'remote-write-tls-key': {
    type: 'string',
    requiresArg: true,
    group,
    describe: 'PEM file of its key; a passphrase in the variable RTTSHARK_REMOTE_WRITE_TLS_KEY_PASSPHRASE',
  },
  'remote-write-tls-server-name': {
    type: 'string',
    requiresArg: true,
    group,
    describe: "Name to find in the store's certificate, in place of the URL's host",
  },
  'remote-write-tls-skip-verify': {
    type: 'boolean',
    default: false,
    group,
    describe: 'Accept any certificate: whoever is in between can read and change everything',
  },
  'remote-write-timeout': {
    type: 'string',
    requiresArg: true,
    default: '30s',
    group,
    describe: 'Time for one whole request',
  },
  'remote-write-retries': {
    type: 'string',
    requiresArg: true,
    default: '3',
    group,
    describe: 'Times to try again after connection errors, 429 and 5xx',
  },
} as const satisfies Record<string, Options>;

/** For one write of a whole analysis. */
export const remoteWriteOptions = {
  ...receiverOptions,
  'remote-write-time': {
    choices: ['now', 'capture'],
    requiresArg: true,
    default: 'now',
    group,
    describe: 'Time of the values: that of the write, or of the last sample in the captures',
  },
} as const satisfies Record<string, Options>;

/** For writes that follow each other. */
export const liveRemoteWriteOptions = {
  ...receiverOptions,
  'remote-write-retries': {
    ...receiverOptions['remote-write-retries'],
    describe: 'Times to try the last writes again, when the capture has ended',
  },
  'remote-write-queue': {
    type: 'string',
    requiresArg: true,
    default: '64MiB',
    group,
    describe: 'What may wait while the store is away, compressed; then the oldest writes are dropped',
  },
} as const satisfies Record<string, Options>;
