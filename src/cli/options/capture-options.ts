import type { Options } from 'yargs';

/** Where packets come from, and how they are captured. Those that tshark has keep its letters. */
export const captureOptions = {
  interface: {
    alias: 'i',
    type: 'string',
    array: true,
    nargs: 1,
    group: 'Capturing:',
    describe: 'Interface by name or number, "any", a FIFO, or "-" for standard input; repeatable',
  },
  remote: {
    type: 'string',
    requiresArg: true,
    group: 'Capturing:',
    describe: 'Capture on another host: ssh://user@host:port; -i is an interface there',
  },
  'ssh-option': {
    type: 'string',
    array: true,
    nargs: 1,
    group: 'Capturing:',
    describe: 'Option for ssh, as ssh -o: IdentityFile=key; repeatable',
  },
  'capture-filter': {
    alias: 'f',
    type: 'string',
    requiresArg: true,
    group: 'Capturing:',
    describe: 'Only packets that this capture filter selects, as tshark -f',
  },
  snaplen: {
    alias: 's',
    type: 'string',
    requiresArg: true,
    group: 'Capturing:',
    describe: 'Bytes to capture of each packet, from its start; 0 for all',
    defaultDescription: '256, all for other than TCP',
  },
  'buffer-size': {
    alias: 'B',
    type: 'string',
    requiresArg: true,
    default: '16',
    group: 'Capturing:',
    describe: "The kernel's buffer in MiB, as tshark -B",
  },
  'no-promiscuous-mode': {
    alias: 'p',
    type: 'boolean',
    default: false,
    group: 'Capturing:',
    describe: 'Leave interfaces out of promiscuous mode, as tshark -p',
  },
  linktype: {
    alias: 'y',
    type: 'string',
    requiresArg: true,
    group: 'Capturing:',
    describe: 'Link-layer type, as tshark -y',
  },
  sample: {
    type: 'string',
    requiresArg: true,
    group: 'Capturing:',
    describe: 'Capture so many flows in so many, whole flows, always the same: 1/8',
  },
  write: {
    type: 'string',
    requiresArg: true,
    group: 'Capturing:',
    describe: 'Also write the packets that are analyzed to this file',
  },
  ring: {
    type: 'string',
    requiresArg: true,
    group: 'Capturing:',
    describe: 'Write several files: filesize:100MB,files:10 or duration:1h,files:24',
  },
} as const satisfies Record<string, Options>;
