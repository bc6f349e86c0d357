import type { Options } from 'yargs';
import { configOption } from './config-options.ts';
import { connectionOptions, groupOptions, pushOptions } from './gateway-options.ts';

export const deleteOptions = {
  push: { ...pushOptions.push, demandOption: true, describe: 'The gateway: http://host:9091' },
  ...groupOptions,
  ...connectionOptions,
  ...configOption,
} as const satisfies Record<string, Options>;
