import type { Options } from 'yargs';

/** For the commands that run tshark. */
export const outputOptions = {
  'dry-run': { type: 'boolean', default: false, describe: 'Print the commands that would run, and run none' },
} as const satisfies Record<string, Options>;
