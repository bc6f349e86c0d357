import type { Options } from 'yargs';
import { extractFormats } from '../extract-formats.ts';
import { columnOptions } from './column-options.ts';
import { configOption } from './config-options.ts';
import { logOptions } from './log-options.ts';
import { outputOptions } from './output-options.ts';
import { readOptions } from './read-options.ts';

export const extractOptions = {
  ...columnOptions,
  'input-column': {
    type: 'string',
    requiresArg: true,
    group: 'Columns:',
    describe: 'A first column of this name, which says what capture a row is from',
  },
  format: {
    choices: extractFormats,
    requiresArg: true,
    group: 'Output:',
    describe: 'Form of the rows',
    defaultDescription: "by the output's name; else table on a terminal, csv elsewhere",
  },
  output: {
    alias: 'o',
    type: 'string',
    requiresArg: true,
    group: 'Output:',
    describe: 'Write to this file, whole or not at all, and not to standard output',
  },
  top: {
    type: 'string',
    requiresArg: true,
    default: '20',
    group: 'Output:',
    describe: 'Show so many rows in the table',
  },
  ...outputOptions,
  'display-filter': {
    ...readOptions['display-filter'],
    describe: 'Only packets that this display filter selects',
  },
  'decode-as': readOptions['decode-as'],
  // Its letter is that of the output here.
  preference: {
    type: 'string',
    array: true,
    nargs: 1,
    group: 'Reading:',
    describe: "Set a preference, as tshark's -o; repeatable",
  },
  'packet-count': readOptions['packet-count'],
  join: readOptions.join,
  profile: readOptions.profile,
  extract: readOptions.extract,
  memory: readOptions.memory,
  tshark: readOptions.tshark,
  ...logOptions,
  ...configOption,
} as const satisfies Record<string, Options>;
