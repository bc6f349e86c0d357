import type { Options } from 'yargs';

/** What keeps a capture that runs for months within bounds. */
export const boundOptions = {
  'generation-packets': {
    type: 'string',
    requiresArg: true,
    default: '1000000',
    group: 'Bounds:',
    describe: 'A new tshark follows after so many packets',
  },
  'generation-memory': {
    type: 'string',
    requiresArg: true,
    default: '512MB',
    group: 'Bounds:',
    describe: 'A new tshark follows when the old one holds so much memory',
  },
  overlap: {
    type: 'string',
    requiresArg: true,
    default: '10s',
    group: 'Bounds:',
    describe: 'How long the old and the new tshark read the same packets',
  },
  'restart-pause': {
    type: 'string',
    requiresArg: true,
    default: '30s',
    group: 'Bounds:',
    describe: 'Longest pause before what died is started again',
  },
} as const satisfies Record<string, Options>;
