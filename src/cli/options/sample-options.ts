import type { Options } from 'yargs';

/** How samples become groups. */
export const sampleOptions = {
  by: {
    type: 'string',
    requiresArg: true,
    default: 'src,dst',
    group: 'Grouping:',
    describe:
      'Group by any of src, dst, src_port, dst_port, src_name, dst_name, stream, interface, dns_name, http_host, or fields as type=dns.qry.type; "none" for the total alone',
  },
  swap: {
    type: 'boolean',
    default: false,
    group: 'Grouping:',
    describe: 'Turn source and destination round: dst is then the host that acknowledged',
  },
  prefix: {
    type: 'string',
    requiresArg: true,
    group: 'Grouping:',
    describe: 'Group by network: 24,64 for the lengths of IPv4 and IPv6',
  },
  'max-groups': {
    type: 'string',
    requiresArg: true,
    group: 'Grouping:',
    describe: 'With more groups than that, the smallest ones are one, "other"',
    defaultDescription: 'no limit',
  },
} as const satisfies Record<string, Options>;
