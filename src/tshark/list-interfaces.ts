import { RttsharkError } from '../errors.ts';
import { parseInterfaceList, type ListedInterface } from './interface-list.ts';
import { linkState, type LinkState } from './link-state.ts';
import { runTool } from './run-tool.ts';
import { withoutNoise } from './stderr-tail.ts';

export interface CaptureInterface extends ListedInterface {
  readonly state: LinkState;
}

/**
 * The interfaces of this machine, in the order and with the numbers of `tshark -D`; without the programs that tshark lists
 * behind them (extcap), on which dumpcap cannot capture.
 *
 * @param dumpcap - its path
 * @throws RttsharkError `capture_failed`
 */
export async function listInterfaces(dumpcap: string): Promise<CaptureInterface[]> {
  const { exitCode, stdout, stderr, spawnError } = await runTool(dumpcap, ['-D', '-M']);
  const listed = parseInterfaceList(stdout);
  if (exitCode !== 0 || listed.length === 0) {
    throw new RttsharkError('capture_failed', `"${dumpcap}" lists no interfaces.`, {
      detail: withoutNoise(stderr.split('\n')).join('\n') || spawnError,
      hint: 'See "rttshark doctor".',
    });
  }
  return listed.map((one) => ({ ...one, state: linkState(one.name) }));
}
