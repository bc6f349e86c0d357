import { RttsharkError } from '../../errors.ts';
import { renderFindings } from '../../report/findings.ts';
import { jsonText } from '../../report/json.ts';
import { gatewayReady } from '../../sinks/gateway-ready.ts';
import { diagnose } from '../../tshark/diagnose.ts';
import type { Finding } from '../../tshark/diagnosis.ts';
import type { CommandContext, CommandEnd } from '../command-context.ts';
import { connectionOptions, type ConnectionFlags } from '../gateway.ts';

export interface DoctorFlags extends ConnectionFlags {
  readonly format: 'table' | 'json';
  readonly tshark: string | undefined;
  readonly push: string | undefined;
}

/** `rttshark doctor`: what is installed, what is missing, and how to mend it. */
export async function doctorCommand(flags: DoctorFlags, context: CommandContext): Promise<CommandEnd> {
  const { console } = context;
  const { findings, error } = await diagnose(flags.tshark);
  const gateway = flags.push === undefined ? null : await gatewayFinding(flags.push, flags, context);
  const all = [nodeFinding(), ...findings, ...(gateway === null ? [] : [gateway.finding])];
  const document = { schema: 'rttshark.doctor/1', findings: all };
  await console.result(flags.format === 'json' ? jsonText(document) : renderFindings(all, console.stdout));
  return [error, gateway?.error ?? null].filter((problem) => problem !== null);
}

function nodeFinding(): Finding {
  return { name: 'node', state: 'ok', detail: `${process.versions.node}, ${process.execPath}`, mend: null };
}

async function gatewayFinding(
  url: string,
  flags: ConnectionFlags,
  { console, interruption }: CommandContext,
): Promise<{ finding: Finding; error: RttsharkError | null }> {
  const name = 'gateway';
  try {
    const options = await connectionOptions(flags, console);
    await gatewayReady(url, { ...options, signal: interruption.signal });
    return { finding: { name, state: 'ok', detail: `ready, ${url}`, mend: null }, error: null };
  } catch (error) {
    if (!(error instanceof RttsharkError)) throw error;
    const detail = [error.message, error.detail].filter((text) => text !== undefined).join(' ');
    return { finding: { name, state: 'failed', detail, mend: error.hint ?? null }, error };
  }
}
