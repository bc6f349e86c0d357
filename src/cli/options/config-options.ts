import type { Options } from 'yargs';

/** For every command that has options. */
export const configOption = {
  config: {
    type: 'string',
    requiresArg: true,
    describe: 'Options from this file; --no-config for none',
    defaultDescription: 'rttshark.yaml, here or of the user',
  },
} as const satisfies Record<string, Options>;

export const configOptions = {
  format: {
    choices: ['table', 'yaml', 'json'],
    requiresArg: true,
    default: 'table',
    describe: 'Form of what show prints',
  },
  ...configOption,
} as const satisfies Record<string, Options>;
