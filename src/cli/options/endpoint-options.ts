import type { Options } from 'yargs';

/** Where metrics can be scraped. */
export const endpointOptions = {
  listen: {
    type: 'string',
    group: 'Endpoint:',
    describe: 'Serve /metrics at HOST:PORT; without a value at 127.0.0.1:9464',
  },
  'web-config-file': {
    type: 'string',
    requiresArg: true,
    group: 'Endpoint:',
    describe: "TLS and users of the endpoint, as Prometheus' exporters take them",
  },
} as const satisfies Record<string, Options>;
