import type { Options } from 'yargs';
import { configOption } from './config-options.ts';
import { connectionOptions, pushOptions } from './gateway-options.ts';
import { readOptions } from './read-options.ts';

export const doctorOptions = {
  format: {
    choices: ['table', 'json'],
    requiresArg: true,
    default: 'table',
    describe: 'Form of the results',
  },
  tshark: readOptions.tshark,
  push: { ...pushOptions.push, describe: 'A gateway to ask whether it is ready: http://host:9091' },
  ...connectionOptions,
  ...configOption,
} as const satisfies Record<string, Options>;
