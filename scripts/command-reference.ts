/** Writes docs/commands.md and man/rttshark.1 from the commands and their options. */

import { writeFileSync } from 'node:fs';
import { referenceFiles } from './reference/written-files.ts';

for (const [path, text] of referenceFiles()) writeFileSync(new URL(`../${path}`, import.meta.url), text);
