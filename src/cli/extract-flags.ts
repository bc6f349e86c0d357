import type { Occurrence, RelativeTime } from '../capture/occurrence.ts';
import { RttsharkError } from '../errors.ts';
import type { ExtractionOptions } from '../extract/extraction-options.ts';
import { parseFieldChoice } from '../extract/field-choice.ts';
import { formatOfFile, isText, knownExtensions } from '../extract/table-formats.ts';
import type { LogFormat, LogLevel } from '../report/log-line.ts';
import type { ExtractionChoice, ProfileName } from '../tshark/profile.ts';
import { wholeNumber } from './analysis-flags.ts';
import { parseByteSize } from './byte-size.ts';
import type { ExtractFormat } from './extract-formats.ts';

/** The options of `rttshark extract`, as they were given. */
export interface ExtractFlags {
  readonly captures: readonly string[];
  readonly field: readonly string[] | undefined;
  readonly occurrence: Occurrence;
  readonly relativeTime: RelativeTime;
  readonly inputColumn: string | undefined;
  readonly format: ExtractFormat | undefined;
  readonly output: string | undefined;
  readonly top: string;
  readonly dryRun: boolean;
  readonly displayFilter: string | undefined;
  readonly decodeAs: readonly string[] | undefined;
  readonly preference: readonly string[] | undefined;
  readonly packetCount: string | undefined;
  readonly join: boolean;
  readonly profile: ProfileName;
  readonly extract: ExtractionChoice;
  readonly memory: string | undefined;
  readonly tshark: string | undefined;
  readonly logFormat: LogFormat;
  readonly logLevel: LogLevel;
}

/** @throws RttsharkError `usage` */
export function extractionOptions(flags: ExtractFlags): ExtractionOptions {
  return {
    inputs: flags.captures,
    fields: (flags.field ?? []).map(parseFieldChoice),
    occurrence: flags.occurrence,
    relativeTime: flags.relativeTime,
    inputColumn: flags.inputColumn,
    join: flags.join,
    filter: flags.displayFilter,
    decodeAs: flags.decodeAs,
    preferences: flags.preference,
    packetCount: flags.packetCount === undefined ? undefined : wholeNumber('packet-count', flags.packetCount),
    profile: flags.profile,
    extraction: flags.extract,
    memoryBytes: flags.memory === undefined ? undefined : parseByteSize(flags.memory),
    tshark: flags.tshark,
  };
}

/**
 * The form of what is written: what was asked for, else what the file's name says, else what suits the place.
 *
 * @throws RttsharkError `usage` where it cannot be told, and for bytes that a terminal would take for commands
 */
export function extractFormat(
  { format, output }: Pick<ExtractFlags, 'format' | 'output'>,
  stdout: { readonly isTerminal: boolean },
): ExtractFormat {
  if (output !== undefined) {
    const chosen = format ?? formatOfFile(output);
    if (chosen !== undefined) return chosen;
    throw new RttsharkError('usage', `The name "${output}" does not say in which form it is to be written.`, {
      hint: `Name one with --format, or end the name in ${knownExtensions.join(', ')}.`,
    });
  }
  if (format === undefined) return stdout.isTerminal ? 'table' : 'csv';
  if (stdout.isTerminal && format !== 'table' && !isText(format)) {
    throw new RttsharkError('usage', `A terminal cannot show "${format}".`, {
      hint: 'Name a file (-o FILE), or send standard output to another program.',
    });
  }
  return format;
}
