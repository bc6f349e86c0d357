import { RttsharkError } from '../errors.ts';
import { columnArguments, type Extraction } from './column-extraction.ts';

/** What is asked of one tshark that reads a capture. */
export interface ReadRequest {
  /** Path of the capture file, or `-` for standard input. */
  readonly input: string;
  /** tshark's field names, in the order of the columns. */
  readonly fields: readonly string[];
  /** Display filter (`-Y`). */
  readonly displayFilter?: string | undefined;
  /** Name hosts by the DNS answers in the capture and the system's hosts file; nothing is asked of any server. */
  readonly resolveNames?: boolean | undefined;
  /** Which of several occurrences in one packet: `all` joins them by {@link occurrenceSeparator}. */
  readonly occurrence?: 'first' | 'last' | 'all' | undefined;
  /** `-d` as tshark takes it, any number. */
  readonly decodeAs?: readonly string[] | undefined;
  /** `-o` as tshark takes it, any number. */
  readonly preferences?: readonly string[] | undefined;
  /** Names of protocols, as after tshark's `--disable-protocol` and `--enable-protocol`. */
  readonly disableProtocols?: readonly string[] | undefined;
  readonly enableProtocols?: readonly string[] | undefined;
  /** `-c` as tshark takes it. */
  readonly packetCount?: string | undefined;
  /** How values are printed, `fields` by default. Columns have all occurrences, joined by commas. */
  readonly extraction?: Extraction | undefined;
  /** Print each row as soon as it is known, as for a live capture. */
  readonly prompt?: boolean | undefined;
}

/** Between several occurrences of a field: ASCII's unit separator, which is what it is for, and hardly found in text. */
export const occurrenceSeparator = '\u001f';

/**
 * The arguments of the tshark that serves a request. Pure.
 *
 * Values are quoted, so that an empty value (`""`) and none at all stay apart, and separated by tabs, which
 * tshark always prints as `\t` inside of a value, as it does with line ends: a row is a line and a value is
 * what stands between two tabs, whatever a packet holds.
 */
export function readArguments(request: ReadRequest): string[] {
  return [
    '-n',
    ...(request.resolveNames === true ? ['-N', 'dn'] : []),
    ...(request.prompt === true ? ['-l'] : []),
    '-r',
    fileArgument(request.input),
    ...(request.packetCount === undefined ? [] : ['-c', request.packetCount]),
    ...(request.decodeAs ?? []).flatMap((rule) => ['-d', rule]),
    ...(request.preferences ?? []).flatMap((preference) => ['-o', preference]),
    ...(request.disableProtocols ?? []).flatMap((name) => ['--disable-protocol', name]),
    ...(request.enableProtocols ?? []).flatMap((name) => ['--enable-protocol', name]),
    ...(request.displayFilter === undefined ? [] : ['-Y', request.displayFilter]),
    ...(request.extraction === 'columns' ? columnArguments(request.fields) : fieldArguments(request)),
  ];
}

function fieldArguments({ occurrence = 'all', fields }: ReadRequest): string[] {
  const which = { first: 'f', last: 'l', all: 'a' }[occurrence];
  return [
    ...['-T', 'fields', '-E', 'separator=/t', '-E', 'quote=d', '-E', `occurrence=${which}`],
    ...['-E', `aggregator=${occurrenceSeparator}`],
    ...fields.flatMap((field) => ['-e', field]),
  ];
}

/** The arguments of the mergecap that joins files in time order into its standard output. */
export function mergeArguments(files: readonly string[]): string[] {
  return ['-w', '-', ...files.map(fileArgument)];
}

/** A path that no tool takes for an option. `-` alone stays: it names standard input. */
export function fileArgument(path: string): string {
  return path.startsWith('-') && path !== '-' ? `./${path}` : path;
}

/** @throws RttsharkError `usage` for what is no number of packets */
export function packetCountArgument(count: number | undefined): string | undefined {
  if (count === undefined || (Number.isSafeInteger(count) && count > 0)) return count?.toString();
  throw new RttsharkError('usage', `The packet count "${count}" is not a whole number above zero.`);
}
