import type { Readable } from 'node:stream';
import { RttsharkError } from '../errors.ts';
import type { ColumnType, Schema } from '../table/schema.ts';
import { mergeArguments, readArguments, type ReadRequest } from '../tshark/arguments.ts';
import { findCompanion, type Tshark } from '../tshark/find-tools.ts';
import { installHint } from '../tshark/install-hint.ts';
import { configEnvironment } from '../tshark/profile.ts';
import type { Pipeline } from '../tshark/pipeline.ts';
import type { InputSpool } from './input-spool.ts';
import { utcEnvironment } from './printed-time.ts';

/** Where the packets come from: one file or `-`, or several files that are read as one in time order. */
export type CaptureInput = string | { readonly join: readonly string[] };

/** What is read from one source, and how. */
export interface CaptureRequest<S extends Schema> extends Omit<ReadRequest, 'input' | 'fields'> {
  readonly tshark: Tshark;
  readonly input: CaptureInput;
  /** What to read in place of standard input, where `input` is `-`, and what it is called in messages. */
  readonly stream?: { readonly bytes: Readable; readonly name: string } | undefined;
  /** What comes through a pipe that `input` names, and is kept for several processes to read. */
  readonly spool?: InputSpool | undefined;
  /** The columns: tshark's field names with the types that their values get. */
  readonly schema: S;
  /** Where tshark finds its configuration; the user's own by default. */
  readonly configFolder?: string | undefined;
  /**
   * Whether the columns of addresses, ports and layers are only looked at for the ends of the innermost TCP connection of
   * a row: they may then tell of nothing else.
   */
  readonly onlyTcpEnds?: boolean | undefined;
  /** Whether that leaves only TCP, what is below it and what carries it to be dissected. */
  readonly isLean?: boolean | undefined;
}

/** The files of an input; none for standard input. */
export function filesOf(input: CaptureInput): readonly string[] {
  if (typeof input !== 'string') return input.join;
  return input === '-' ? [] : [input];
}

/** How an input is called in messages. */
export function nameOf(input: CaptureInput): string {
  return typeof input === 'string' ? input : input.join.join(', ');
}

/**
 * The programs that serve a request: tshark, behind mergecap where files are joined.
 *
 * @throws RttsharkError `tshark_not_found` where files are to be joined and there is no mergecap
 */
export function pipelineFor<S extends Schema>(request: CaptureRequest<S>): Pipeline {
  const { tshark, input, schema, configFolder, ...options } = request;
  const read = (from: string) => ({
    file: tshark.path,
    args: readArguments({ ...options, input: from, fields: Object.keys(schema) }),
    env: { ...configEnvironment(configFolder), ...timeZoneFor(schema) },
  });
  if (typeof input === 'string') return [read(input)];
  const mergecap = findCompanion('mergecap', tshark.path);
  if (mergecap === null) {
    throw new RttsharkError('tshark_not_found', 'mergecap was not found, which joins capture files.', {
      hint: installHint(process.platform),
    });
  }
  return [{ file: mergecap, args: mergeArguments(input.join) }, read('-')];
}

/** What makes tshark print the absolute times of these columns as they are read; nothing where it does so anyway. */
export function timeZoneFor(schema: Schema): Readonly<Record<string, string>> {
  const isPrinted = ([field, type]: [string, ColumnType]) =>
    (type === 'time' || type === 'list<time>') && field !== 'frame.time_epoch';
  return Object.entries(schema).some(isPrinted) ? utcEnvironment : {};
}
