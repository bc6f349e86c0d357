import type { Options } from 'yargs';
import { doctorOptions } from './doctor-options.ts';
import { readOptions } from './read-options.ts';

export const interfacesOptions = {
  format: doctorOptions.format,
  tshark: readOptions.tshark,
} as const satisfies Record<string, Options>;
