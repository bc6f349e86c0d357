import type { Options } from 'yargs';
import { configOption } from './config-options.ts';
import { readOptions } from './read-options.ts';

export const fieldsOptions = {
  regex: {
    type: 'boolean',
    default: false,
    describe: 'PATTERN is a regular expression, for names and descriptions',
  },
  format: {
    choices: ['table', 'json', 'jsonl', 'csv'],
    requiresArg: true,
    default: 'table',
    describe: 'Form of the results',
  },
  tshark: readOptions.tshark,
  ...configOption,
} as const satisfies Record<string, Options>;
