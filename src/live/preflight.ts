import { errorOfEnd } from '../capture/capture-end.ts';
import { Generation, type GenerationRequest } from '../capture/generation.ts';
import { sectionHeader } from '../capture/pcapng-blocks.ts';
import { unlessInRow } from '../capture/reading-outcome.ts';
import { RttsharkError } from '../errors.ts';
import { outcomeOf } from '../tshark/outcome.ts';

/**
 * Has tshark look at everything that it will be asked for, on a capture without packets, before the capture begins.
 *
 * @param filter - the display filter as the user wrote it
 * @throws RttsharkError `filter_invalid`, `usage` for a preference or rule that tshark does not take, `tshark_died`
 */
export async function preflight(request: GenerationRequest, filter: string | undefined): Promise<void> {
  const generation = await Generation.start(request);
  generation.begin(0, sectionHeader());
  generation.finish();
  // It prints nothing, but its output has to be read to its end.
  const rows = generation.rows();
  while ((await rows.next()).done !== true);
  const ending = await generation.ended;
  const { tshark } = request;
  const outcome = outcomeOf({ ...ending, version: tshark.version, stopped: false });
  const end = { ...unlessInRow(outcome, generation.counts), ...generation.counts };
  const error = await errorOfEnd(end, { tshark, input: 'the capture', filter });
  if (error === null) return;
  const { code, message, hint, detail, cause } = error;
  throw new RttsharkError(code, message, { hint, detail, cause, stderrTail: ending.stderr });
}
