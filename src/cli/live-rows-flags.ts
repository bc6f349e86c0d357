import type { FieldList } from '../capture/field-schema.ts';
import { RttsharkError } from '../errors.ts';
import { parseFieldChoice } from '../extract/field-choice.ts';
import { formatOfFile, isText, tableFormats, type TableFormat } from '../extract/table-formats.ts';
import type { CaptureOptions } from '../packets/capture-options.ts';
import type { LiveInput } from '../packets/capture-source.ts';
import { parseByteSize } from './byte-size.ts';
import { shardWish, wholeNumber } from './analysis-flags.ts';
import { positiveDuration } from './idle-time.ts';
import type { LiveFlags } from './live-flags.ts';
import { parseRingLimits } from './ring-limits.ts';

/** Whether a live capture is to give rows and no reports. */
export function givesRows({ field, extract }: Pick<LiveFlags, 'field' | 'extract'>): boolean {
  return field !== undefined || extract === 'rows';
}

/** What is captured, and the columns that the rows have. */
export interface LiveRowsOptions extends CaptureOptions<readonly string[]> {
  readonly input: LiveInput;
  readonly choices: FieldList;
}

/**
 * What rows of a live capture are asked for.
 *
 * @throws RttsharkError `usage`
 */
export function liveRowsOptions(flags: LiveFlags): LiveRowsOptions {
  refuseReports(flags);
  refuseShards(flags);
  const choices = (flags.field ?? []).map(parseFieldChoice);
  return {
    choices,
    input: liveInput(flags),
    fields: choices.map((choice) => (typeof choice === 'string' ? choice : choice.field)),
    occurrence: flags.occurrence,
    relativeTime: flags.relativeTime,
    filter: flags.displayFilter,
    decodeAs: flags.decodeAs,
    preferences: flags.preference,
    packetCount: flags.packetCount === undefined ? undefined : wholeNumber('packet-count', flags.packetCount),
    timeoutMs: flags.duration === undefined ? undefined : positiveDuration('duration', flags.duration) * 1000,
    profile: flags.profile,
    extraction: flags.extract === 'rows' ? 'auto' : flags.extract,
    tshark: flags.tshark,
  };
}

function liveInput(flags: LiveFlags): LiveInput {
  const { interface: names = [], remote, captureFilter, linktype, snaplen, write, ring } = flags;
  const limits = {
    generation: {
      packets: wholeNumber('generation-packets', flags.generationPackets),
      memoryBytes: parseByteSize(flags.generationMemory),
      overlapSeconds: positiveDuration('overlap', flags.overlap),
    },
    write:
      write === undefined ? undefined : { path: write, ...(ring === undefined ? {} : parseRingLimits(ring)) },
  };
  const [first, ...others] = names;
  if (first !== undefined && (first === '-' || first.includes('/')) && others.length === 0)
    return { pipe: first, ...limits };
  const settings = {
    ...limits,
    captureFilter,
    snapLength: snaplen === undefined || /^0+$/.test(snaplen) ? 0 : wholeNumber('snaplen', snaplen),
    bufferMebibytes: wholeNumber('buffer-size', flags.bufferSize),
    linkType: linktype,
    promiscuous: !flags.noPromiscuousMode,
  };
  if (remote !== undefined) return { remote, interface: first, sshOptions: flags.sshOption, ...settings };
  return { interfaces: names, ...settings };
}

/** What speaks of samples, of which there are none. */
function refuseReports(flags: LiveFlags): void {
  const { push, remoteWrite, textfile, listen, sample } = flags;
  const sinks = { push, 'remote-write': remoteWrite, textfile, listen, sample };
  const [option] = Object.entries(sinks).find(([, value]) => value !== undefined) ?? [];
  if (option === undefined) return;
  throw new RttsharkError('usage', `--${option} has no effect on rows.`, {
    hint: 'Without --extract and -e, a live capture measures, reports and pushes.',
  });
}

/** Rows come in the order of their packets, from one tshark at a time. */
function refuseShards({ shards }: LiveFlags): void {
  const wish = shardWish(shards);
  if (wish === 'auto' || wish === 1) return;
  throw new RttsharkError('usage', `--shards ${wish} has no effect on rows.`, {
    hint: 'One tshark at a time gives the rows of a live capture: leave --shards out. A capture filter (-f) spares it packets.',
  });
}

/**
 * The form of the rows: what was asked for, else what the file's name says, else CSV.
 *
 * @throws RttsharkError `usage` for one that rows have not, and for bytes that a terminal would take for commands
 */
export function liveRowsFormat(
  { format, output }: Pick<LiveFlags, 'format' | 'output'>,
  stdout: { readonly isTerminal: boolean },
): TableFormat {
  const wanted = format ?? (output === undefined ? 'csv' : (formatOfFile(output) ?? 'csv'));
  const chosen = tableFormats.find((known) => known === wanted);
  if (chosen === undefined) {
    throw new RttsharkError('usage', `Rows of a live capture have no form "${wanted}".`, {
      hint: `Known are ${tableFormats.join(', ')}.`,
    });
  }
  if (output === undefined && stdout.isTerminal && !isText(chosen)) {
    throw new RttsharkError('usage', `A terminal cannot show "${chosen}".`, {
      hint: 'Name a file (--output FILE), or send standard output to another program.',
    });
  }
  return chosen;
}
