import type { CaptureRequest } from '../capture/capture-request.ts';
import { fieldSchema, type FieldSchema } from '../capture/field-schema.ts';
import { generationFields } from '../capture/generation.ts';
import { RttsharkError } from '../errors.ts';
import type { Schema } from '../table/schema.ts';
import { packetCountArgument } from '../tshark/arguments.ts';
import { bothFilters } from '../tshark/display-filter.ts';
import { findTshark } from '../tshark/find-tools.ts';
import { planDrive } from '../tshark/profile.ts';
import type { CaptureOptions } from './capture-options.ts';
import { isLive } from './capture-source.ts';

/** What a capture will do, as far as it is known before anything is read. */
export interface CapturePlan {
  readonly columns: FieldSchema;
  readonly request: Omit<CaptureRequest<Schema>, 'input' | 'stream'>;
}

/**
 * Finds tshark and the types of the columns, and decides how tshark is driven.
 *
 * @throws RttsharkError `tshark_not_found`, `tshark_too_old`, `filter_invalid` (an unknown field, a wrong filter), `usage`
 */
export async function planCapture(options: CaptureOptions): Promise<CapturePlan> {
  const {
    input,
    fields,
    occurrence = 'last',
    relativeTime,
    decodeAs,
    preferences,
    keys,
    packetCount,
  } = options;
  refuseTimeout(options.timeoutMs);
  const tshark = await findTshark(options.tshark);
  const secret = keys?.preferences ?? [];
  const columns = await fieldSchema(tshark, isList(fields) ? fields : Object.keys(fields), {
    occurrence,
    relativeTime,
    declared: isList(fields) ? options.types : fields,
    mayDeclareMore: (preferences ?? []).length + secret.length > 0,
  });
  const asked = {
    displayFilter: bothFilters(undefined, options.filter),
    decodeAs,
    preferences,
    disableProtocols: options.disableProtocols,
    enableProtocols: options.enableProtocols,
  };
  const names = isLive(input) ? generationFields(columns.read) : Object.keys(columns.read);
  // What keys open can lie below TCP, and so can what is disabled: nothing is left out then.
  const isPlain =
    keys === undefined && asked.disableProtocols === undefined && asked.enableProtocols === undefined;
  const { profile = isPlain ? 'lean' : 'full', extraction } = options;
  const question = {
    ...asked,
    preferences: [...(preferences ?? []), ...secret],
    fields: [...new Set(names)],
  };
  const drive = await planDrive(tshark, question, {
    profile: isPlain || profile === 'user' ? profile : 'full',
    extraction: keys === undefined ? extraction : 'fields',
  });
  return {
    columns,
    request: {
      tshark,
      schema: columns.read,
      ...asked,
      occurrence,
      packetCount: packetCountArgument(packetCount),
      ...drive,
    },
  };
}

/** Node's timers hold no more. */
export const longestTimeoutMs = 2 ** 31 - 1;

function refuseTimeout(timeoutMs: number | undefined): void {
  if (timeoutMs === undefined || (timeoutMs > 0 && timeoutMs <= longestTimeoutMs)) return;
  throw new RttsharkError('usage', `"${timeoutMs}" is no time after which a capture could end.`, {
    hint: `timeoutMs is in milliseconds, above 0 and at most ${longestTimeoutMs}.`,
  });
}

function isList(fields: Schema | readonly string[]): fields is readonly string[] {
  return Array.isArray(fields);
}
