import { captureInputs } from '../capture/capture-inputs.ts';
import type { CaptureRequest } from '../capture/capture-request.ts';
import type { Schema } from '../table/schema.ts';
import { packetCountArgument } from '../tshark/arguments.ts';
import { bothFilters } from '../tshark/display-filter.ts';
import { findTshark, type Tshark } from '../tshark/find-tools.ts';
import { planDrive } from '../tshark/profile.ts';
import { chosenColumns, type ChosenColumns } from './chosen-columns.ts';
import type { ExtractionOptions } from './extraction-options.ts';

/** What has to be read for an extraction, and what its table is like: all that is known before the first row. */
export interface ExtractionPlan extends ChosenColumns {
  readonly tshark: Tshark;
  /** One for each input, or one for all of them where they are joined. */
  readonly requests: readonly CaptureRequest<Schema>[];
}

/**
 * @throws RttsharkError `usage`, `filter_invalid` (an unknown field, brackets that do not pair), `tshark_not_found`,
 *   `tshark_too_old`
 */
export async function planExtraction(options: ExtractionOptions): Promise<ExtractionPlan> {
  const sources = captureInputs(options.inputs, options.join ?? false);
  const packetCount = packetCountArgument(options.packetCount);
  const { filter, decodeAs, preferences, profile, extraction, occurrence = 'last' } = options;
  const displayFilter = bothFilters(undefined, filter);
  const tshark = await findTshark(options.tshark);
  const chosen = await chosenColumns(options, tshark);
  const schema = chosen.fields.read;
  const question = { fields: Object.keys(schema), displayFilter, decodeAs, preferences };
  const drive = await planDrive(tshark, question, { profile, extraction });
  const common = { tshark, schema, occurrence, displayFilter, decodeAs, preferences, packetCount, ...drive };
  return { ...chosen, tshark, requests: sources.map((input) => ({ ...common, input })) };
}
