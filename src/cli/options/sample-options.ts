import type { Options } from 'yargs';

/** How samples become groups. */
export const sampleOptions = {
  by: {
    type: 'string',
    requiresArg: true,
    default: 'src,dst',
    group: 'Grouping:',
    describe: 'Group by any of src, dst, src_port, dst_port, stream, interface; "none" for the total alone',
  },
  swap: {
    type: 'boolean',
    default: false,
    group: 'Grouping:',
    describe: 'Turn source and destination round: dst is then the host that acknowledged',
  },
} as const satisfies Record<string, Options>;
