import { RttsharkError } from '../errors.ts';
import type { ColumnType, Schema } from '../table/schema.ts';
import type { Table } from '../table/table.ts';
import { packetCountArgument } from '../tshark/arguments.ts';
import { bothFilters } from '../tshark/display-filter.ts';
import { checkFields, loadFieldCatalogue } from '../tshark/field-catalogue.ts';
import { findTshark } from '../tshark/find-tools.ts';
import { errorOfEnd } from './capture-end.ts';
import { CaptureReading } from './capture-reading.ts';
import { nameOf, type CaptureInput } from './capture-request.ts';
import { columnTypeFor } from './field-types.ts';

/** What {@link capture} reads. */
export interface CaptureOptions<S extends Schema = Schema> {
  /** Path of a capture file, `-` for standard input, or files to be joined in time order. */
  readonly input: CaptureInput;
  /**
   * tshark's field names: with the column types that are wanted, or as a list, for which tshark's own catalogue
   * decides. A text column holds all occurrences of a field, joined by ASCII's unit separator; others the last.
   */
  readonly fields: S | readonly string[];
  /** Display filter, as after tshark's `-Y`. */
  readonly filter?: string | undefined;
  /** As after tshark's `-d`, `-o` and `-c`. */
  readonly decodeAs?: readonly string[] | undefined;
  readonly preferences?: readonly string[] | undefined;
  readonly packetCount?: number | undefined;
  /** Path of tshark; looked for where it is not given. */
  readonly tshark?: string | undefined;
  /** Ends the capture: the iteration throws RttsharkError `interrupted`. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * The fields of a capture's packets as a stream of tables, some thousand rows each. No process is left behind,
 * whether the iteration comes to its end, breaks off or throws.
 *
 * @throws RttsharkError while iterating: `tshark_not_found`, `tshark_too_old`, `filter_invalid` (an unknown field,
 *   a wrong filter), `input_unreadable`; after the last good row `input_truncated`, `tshark_died`, `interrupted`
 */
export async function* capture<S extends Schema>(
  options: CaptureOptions<S>,
): AsyncGenerator<Table<S>, void, undefined> {
  const { input, fields, filter, decodeAs, preferences, packetCount, signal } = options;
  throwIfAborted(signal);
  const tshark = await findTshark(options.tshark);
  const names = isList(fields) ? fields : Object.keys(fields);
  await checkFields(tshark, names, { mayDeclareMore: (preferences ?? []).length > 0 });
  const schema = isList(fields) ? ((await schemaFor(fields, tshark)) as S) : fields;
  const reading = new CaptureReading({
    tshark,
    input,
    schema,
    displayFilter: bothFilters(undefined, filter),
    decodeAs,
    preferences,
    packetCount: packetCountArgument(packetCount),
  });
  const onAbort = () => void reading.stop();
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    throwIfAborted(signal);
    yield* reading;
  } finally {
    signal?.removeEventListener('abort', onAbort);
  }
  throwIfAborted(signal);
  const error =
    reading.end === undefined
      ? null
      : await errorOfEnd(reading.end, { tshark, input: nameOf(input), filter });
  if (error !== null) throw error;
}

async function schemaFor(
  fields: readonly string[],
  tshark: Awaited<ReturnType<typeof findTshark>>,
): Promise<Schema> {
  const catalogue = await loadFieldCatalogue(tshark);
  const typed = fields.map((field): [string, ColumnType] => [
    field,
    columnTypeFor(field, catalogue.typeOf(field)),
  ]);
  return Object.fromEntries(typed);
}

function isList(fields: Schema | readonly string[]): fields is readonly string[] {
  return Array.isArray(fields);
}

/** @throws RttsharkError `interrupted` */
function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) {
    throw new RttsharkError('interrupted', 'The capture was interrupted.', { cause: signal.reason });
  }
}
