/** Writes docs/rttshark.schema.json, which editors check rttshark.yaml against, from the options of the commands. */

import { writeFileSync } from 'node:fs';
import { format } from 'prettier';
import { knownOptions } from '../src/cli/known-options.ts';
import { configSchema } from '../src/config/json-schema.ts';

const path = new URL('../docs/rttshark.schema.json', import.meta.url);
writeFileSync(
  path,
  await format(JSON.stringify(configSchema(knownOptions)), { parser: 'json', printWidth: 110 }),
);
