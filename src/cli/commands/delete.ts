import { deleteFromGateway } from '../../sinks/push.ts';
import type { CommandContext, CommandEnd } from '../command-context.ts';
import { prepareGateway, type GatewayFlags } from '../gateway.ts';

export interface DeleteFlags extends GatewayFlags {
  readonly push: string;
}

/** `rttshark delete`: removes a group, which a Pushgateway else keeps for ever. */
export async function deleteCommand(flags: DeleteFlags, context: CommandContext): Promise<CommandEnd> {
  const { console, interruption } = context;
  const gateway = await prepareGateway(flags.push, flags, console);
  await deleteFromGateway(gateway.url, { ...gateway.options, signal: interruption.signal });
  console.note(`Deleted the group "${gateway.groupUrl}".`);
  return [];
}
