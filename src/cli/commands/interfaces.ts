import { renderInterfaces } from '../../report/interfaces-table.ts';
import { jsonText } from '../../report/json.ts';
import { requireDumpcap } from '../../tshark/find-dumpcap.ts';
import { findTshark } from '../../tshark/find-tools.ts';
import { listInterfaces } from '../../tshark/list-interfaces.ts';
import type { CommandContext, CommandEnd } from '../command-context.ts';

export interface InterfacesFlags {
  readonly format: 'table' | 'json';
  readonly tshark: string | undefined;
}

/** `rttshark interfaces`: what can be captured on. */
export async function interfacesCommand(
  { format, tshark }: InterfacesFlags,
  { console }: CommandContext,
): Promise<CommandEnd> {
  const { path } = await findTshark(tshark);
  const interfaces = await listInterfaces(await requireDumpcap(path));
  const document = { schema: 'rttshark.interfaces/1', interfaces };
  await console.result(format === 'json' ? jsonText(document) : renderInterfaces(interfaces, console.stdout));
  return [];
}
