import type { Options } from 'yargs';
import { configOption } from './config-options.ts';
import { doctorOptions } from './doctor-options.ts';
import { readOptions } from './read-options.ts';

export const measurementsOptions = {
  format: doctorOptions.format,
  tshark: readOptions.tshark,
  ...configOption,
} as const satisfies Record<string, Options>;
