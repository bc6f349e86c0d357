import type { Options } from 'yargs';

/** A file for node_exporter. */
export const textfileOptions = {
  textfile: {
    type: 'string',
    requiresArg: true,
    group: 'Text file:',
    describe:
      "Write the metrics to this file, for the textfile collector of Prometheus' node_exporter: DIR/NAME.prom",
  },
} as const satisfies Record<string, Options>;
