import type { Options } from 'yargs';

/** What is measured. */
export const measureOptions = {
  measure: {
    type: 'string',
    requiresArg: true,
    default: 'tcp',
    group: 'Measuring:',
    describe:
      'What to measure: names that "rttshark measurements" lists, or fields of tshark\'s: tcp,dns,ldap.time',
  },
  counters: {
    type: 'boolean',
    default: false,
    group: 'Measuring:',
    describe: 'Also count retransmissions, duplicate ACKs, resets and other events of TCP',
  },
  'exclude-retransmitted': {
    type: 'boolean',
    default: false,
    group: 'Measuring:',
    describe: 'Leave out TCP samples whose segment was sent more than once',
  },
  exact: {
    type: 'boolean',
    default: false,
    group: 'Measuring:',
    describe: 'Keep all samples for exact quantiles, also beyond ten million of them',
  },
} as const satisfies Record<string, Options>;
