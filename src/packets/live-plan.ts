import { Readable } from 'node:stream';
import type { GenerationRequest } from '../capture/generation.ts';
import type { GenerationLimits } from '../capture/generation-chain.ts';
import { frameField } from '../capture/row-span.ts';
import { RttsharkError } from '../errors.ts';
import type { CapturePlan } from '../live/live-plan.ts';
import { planCaptures, type SourceOptions } from '../live/prepare-live.ts';
import { parseRemoteHost } from '../tshark/remote-host.ts';
import type { Schema } from '../table/schema.ts';
import type { Tshark } from '../tshark/find-tools.ts';
import type { CapturePlan as RowsPlan } from './capture-plan.ts';
import type { GenerationBounds, LiveInput, LiveSettings, WrittenFiles } from './capture-source.ts';

/** What a live capture of rows will do. */
export interface LivePlan {
  readonly request: GenerationRequest;
  readonly captures: readonly CapturePlan[];
  readonly limits: GenerationLimits;
  readonly write: WrittenFiles | undefined;
  readonly packetCount: number | undefined;
  /** The display filter as the user wrote it. */
  readonly filter: string | undefined;
}

const defaultBounds: GenerationBounds = { packets: 1_000_000, memoryBytes: 512e6, overlapSeconds: 10 };

/** @throws RttsharkError `usage` for bounds that are none */
function generationLimits(given: Partial<GenerationBounds> = {}): GenerationLimits {
  const limits = { ...defaultBounds, ...given };
  const [wrong] = Object.entries(limits).filter(
    ([name, value]) => !(value > 0 || (name === 'overlapSeconds' && value === 0)),
  );
  if (wrong === undefined) return limits;
  throw new RttsharkError('usage', `"${wrong[1]}" is no bound of a generation's ${wrong[0]}.`, {
    hint: 'It is a number above zero; Infinity is no bound.',
  });
}

/** What {@link planLive} is asked for. */
export interface LiveWishes {
  readonly input: LiveInput;
  readonly filter?: string | undefined;
  readonly packetCount?: number | undefined;
}

/**
 * All that a live capture of rows will do, checked as far as can be checked before it begins.
 *
 * @throws RttsharkError `usage`, `filter_invalid`, `capture_failed`, `tshark_not_found`
 */
export async function planLive(
  { input, filter, packetCount }: LiveWishes,
  { columns, request }: RowsPlan,
): Promise<LivePlan> {
  const limits = generationLimits(input.generation);
  return {
    // Packets are counted before they come to a tshark.
    request: { ...request, packetCount: undefined, schema: requestSchema(columns.read) },
    captures: await planSources(input, request.tshark),
    limits,
    write: input.write,
    packetCount,
    filter,
  };
}

/** The fields that tshark is asked for, beside the packet's number, which it is always asked for. */
function requestSchema(read: Schema): Schema {
  return Object.fromEntries(Object.entries(read).filter(([field]) => field !== frameField));
}

/**
 * The sources of a live capture, checked.
 *
 * @throws RttsharkError `usage`, `filter_invalid`, `capture_failed`, `tshark_not_found`
 */
async function planSources(input: LiveInput, tshark: Tshark): Promise<readonly CapturePlan[]> {
  if ('pipe' in input) {
    const { pipe } = input;
    if (typeof pipe === 'string') return [{ kind: 'pipe', path: pipe }];
    const stream = pipe instanceof Readable ? pipe : Readable.from(pipe, { objectMode: false });
    return [{ kind: 'pipe', path: 'stream', stream }];
  }
  if ('remote' in input) {
    const { remote, interface: name = 'any', sshOptions = [] } = input;
    const host = { ...parseRemoteHost(remote), sshOptions };
    return await planCaptures({ ...settingsOf(input), interfaces: [name], remote: host }, tshark);
  }
  const { interfaces } = input;
  const names = typeof interfaces === 'string' ? [interfaces] : interfaces;
  return await planCaptures({ ...settingsOf(input), interfaces: names }, tshark);
}

function settingsOf(settings: LiveSettings): Omit<SourceOptions, 'interfaces' | 'remote'> {
  const {
    captureFilter,
    snapLength = 0,
    bufferMebibytes = 16,
    linkType,
    promiscuous = true,
    monitorMode,
  } = settings;
  return { captureFilter, snapLength, bufferMebibytes, linkType, promiscuous, monitorMode };
}
