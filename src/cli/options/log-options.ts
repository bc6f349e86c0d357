import type { Options } from 'yargs';
import { logFormats, logLevels } from '../../report/log-line.ts';

/** For commands that run for long: what happens goes to standard error, a line each. */
export const logOptions = {
  'log-format': {
    choices: logFormats,
    requiresArg: true,
    default: 'text',
    group: 'Log:',
    describe: 'Form of the log on standard error, a line for each event',
  },
  'log-level': {
    choices: logLevels,
    requiresArg: true,
    default: 'info',
    group: 'Log:',
    describe: 'Log events of this level and above',
  },
} as const satisfies Record<string, Options>;
