import type { Options } from 'yargs';
import { occurrences, relativeTimes } from '../../capture/occurrence.ts';

/** What rows are made of, for the commands that give rows. */
export const columnOptions = {
  field: {
    alias: 'e',
    type: 'string',
    array: true,
    nargs: 1,
    group: 'Columns:',
    describe:
      'A field as tshark -e, all that fit a pattern (tcp.*), or under another name (src=ip.src); repeatable',
  },
  occurrence: {
    choices: occurrences,
    requiresArg: true,
    default: 'last',
    group: 'Columns:',
    describe: 'Which of several occurrences of a field in a packet; all makes lists',
  },
  'relative-time': {
    choices: relativeTimes,
    requiresArg: true,
    default: 'seconds',
    group: 'Columns:',
    describe: 'Relative times as floating-point seconds, or as whole nanoseconds',
  },
} as const satisfies Record<string, Options>;
