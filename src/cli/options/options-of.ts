import type { Options } from 'yargs';
import { analyzeOptions } from './analyze-options.ts';
import { checkOptions } from './check-options.ts';
import { configOptions } from './config-options.ts';
import { deleteOptions } from './delete-options.ts';
import { doctorOptions } from './doctor-options.ts';
import { extractOptions } from './extract-options.ts';
import { fieldsOptions } from './fields-options.ts';
import { interfacesOptions } from './interfaces-options.ts';
import { measurementsOptions } from './measurements-options.ts';
import { liveOptions } from './live-options.ts';

/** Every command with its options. */
export const optionsOf: Readonly<Record<string, Readonly<Record<string, Options>>>> = {
  analyze: analyzeOptions,
  live: liveOptions,
  extract: extractOptions,
  check: checkOptions,
  delete: deleteOptions,
  interfaces: interfacesOptions,
  fields: fieldsOptions,
  measurements: measurementsOptions,
  doctor: doctorOptions,
  config: configOptions,
  completion: {},
};
