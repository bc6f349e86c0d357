import { RttsharkError } from '../errors.ts';
import { Extraction } from './extraction.ts';
import type { ExtractionOptions } from './extraction-options.ts';
import { planExtraction } from './extraction-plan.ts';
import { fieldDescriptions } from './field-descriptions.ts';
import { primed } from './primed.ts';
import { tableBytes } from './table-bytes.ts';
import type { TableFormat } from './table-formats.ts';

export interface ExtractOptions extends ExtractionOptions {
  readonly format: TableFormat;
  /** Ends the extraction: the iteration throws RttsharkError `interrupted`. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Fields of captures' packets as a file in one of the forms, in pieces: `writeFile(path, extract(options))` of Node's
 * `fs/promises` makes one. Memory does not grow with the input. No process is left behind, whether the iteration comes
 * to its end, breaks off or throws.
 *
 * A capture that is cut short or damaged gives its rows up to there; what is wrong is thrown after the last piece.
 *
 * @throws RttsharkError while iterating: `usage`, `filter_invalid`, `tshark_not_found`, `tshark_too_old`,
 *   `input_unreadable`, `input_truncated`, `tshark_died`, `interrupted`
 */
export async function* extract(options: ExtractOptions): AsyncGenerator<Uint8Array, void, undefined> {
  const { signal, format, filter, memoryBytes } = options;
  throwIfAborted(signal);
  const plan = await planExtraction(options);
  const extraction = new Extraction(plan, { filter, memoryBytes });
  const onAbort = () => void extraction.stop();
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    throwIfAborted(signal);
    const chunks = await primed(extraction);
    throwIfAborted(signal);
    for await (const piece of tableBytes(
      { chunks, schema: plan.schema, fieldDescriptions: await fieldDescriptions(plan, plan.tshark, format) },
      format,
    )) {
      yield piece;
      throwIfAborted(signal);
    }
  } finally {
    signal?.removeEventListener('abort', onAbort);
    await extraction.stop();
  }
  const [problem] = extraction.problems;
  if (problem !== undefined) throw problem;
}

/** @throws RttsharkError `interrupted` */
function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted !== true) return;
  throw new RttsharkError('interrupted', 'The extraction was interrupted.', { cause: signal.reason });
}
