import { toolVariable } from '../tshark/installed-paths.ts';
import { secretVariables } from './secrets.ts';

/** The variables that say something and are no option's. */
export const otherVariables: readonly string[] = [
  'RTTSHARK_CONFIG',
  ...Object.values(secretVariables),
  ...['mergecap', 'capinfos', 'dumpcap', 'tcpdump'].map(toolVariable),
];
