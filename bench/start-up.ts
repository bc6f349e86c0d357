/**
 * What rttshark's start costs beside tshark's: `npx tsx bench/start-up.ts [--runs 15]`. The difference in CPU time is what
 * counts on a machine that does other work too.
 */
import { parseArgs } from 'node:util';
import { findTshark } from '../src/tshark/find-tools.ts';
import { startUp } from './start-up-runs.ts';

const { values } = parseArgs({ options: { runs: { type: 'string', default: '15' } } });
console.log(await startUp(await findTshark(), Number(values.runs)));
