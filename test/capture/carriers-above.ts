import { findTshark } from '../../src/tshark/find-tools.ts';
import { needlessProtocols } from '../../src/tshark/lean-protocols.ts';
import { runTool } from '../../src/tshark/run-tool.ts';

/** A dissector that the lean profile leaves enabled. */
interface Carrier {
  readonly name: string;
  /** Empty for one that guesses. */
  readonly port: string;
  /** Whether one that guesses does so where nobody has asked it to. */
  readonly isOn: boolean;
}

/** What the installed tshark looks for packets in above a transport, by ports and by guessing. */
export async function carriersAbove(
  transport: 'tcp' | 'udp',
): Promise<{ readonly onPorts: readonly Carrier[]; readonly guessing: readonly Carrier[] }> {
  const { path } = await findTshark();
  const [decodes = '', guessers = ''] = await Promise.all(
    ['decodes', 'heuristic-decodes'].map(async (list) => (await runTool(path, ['-G', list])).stdout),
  );
  const needless = new Set(needlessProtocols(decodes, guessers));
  const rows = (text: string) => text.split('\n').map((line) => line.split('\t'));
  const onPorts = rows(decodes)
    .filter(([table]) => table === `${transport}.port`)
    .map(([, port = '', name = '']) => ({ name, port, isOn: true }));
  const guessing = rows(guessers)
    .filter(([below]) => below === transport)
    .map(([, name = '', on]) => ({ name, port: '', isOn: on === 'T' }));
  const isLeft = ({ name }: Carrier) => !needless.has(name);
  return { onPorts: onPorts.filter(isLeft), guessing: guessing.filter(isLeft) };
}
