import type { Options } from 'yargs';

/** Options of every command that reads captures. Those that tshark has keep its letters. */
export const readOptions = {
  'display-filter': {
    alias: 'Y',
    type: 'string',
    requiresArg: true,
    group: 'Reading:',
    describe: 'Only samples of packets that this display filter selects',
  },
  'decode-as': {
    alias: 'd',
    type: 'string',
    array: true,
    nargs: 1,
    group: 'Reading:',
    describe: 'Decode a port or type as a protocol, as tshark -d; repeatable',
  },
  preference: {
    alias: 'o',
    type: 'string',
    array: true,
    nargs: 1,
    group: 'Reading:',
    describe: 'Set a preference, as tshark -o; repeatable',
  },
  'packet-count': {
    alias: 'c',
    type: 'string',
    requiresArg: true,
    group: 'Reading:',
    describe: 'Read so many packets of each capture, as tshark -c',
  },
  join: {
    type: 'boolean',
    default: false,
    group: 'Reading:',
    describe: 'Read all captures as one, in time order: the files of a ring buffer',
  },
  profile: {
    choices: ['lean', 'full', 'user'],
    requiresArg: true,
    default: 'lean',
    group: 'Reading:',
    describe: 'Dissectors at work: what is needed, all of them, or as your own Wireshark is configured',
  },
  extract: {
    choices: ['auto', 'fields', 'columns'],
    requiresArg: true,
    default: 'auto',
    group: 'Reading:',
    describe: 'How values are taken from tshark; the results are the same',
  },
  shards: {
    type: 'string',
    requiresArg: true,
    default: 'auto',
    group: 'Reading:',
    describe: 'How many tsharks share the packets between them: auto, or a number; the results are the same',
  },
  memory: {
    type: 'string',
    requiresArg: true,
    group: 'Reading:',
    describe: 'What all processes together hold at most, as in 2GiB; else that, or half of the memory',
  },
  tshark: {
    type: 'string',
    requiresArg: true,
    group: 'Reading:',
    describe: 'Path of tshark; else RTTSHARK_TSHARK, PATH, and where installers put it',
  },
} as const satisfies Record<string, Options>;
