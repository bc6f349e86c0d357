import { RttsharkError, type ErrorCode } from '../errors.ts';
import { filterError } from '../tshark/display-filter.ts';
import type { Tshark } from '../tshark/find-tools.ts';
import type { Outcome } from '../tshark/outcome.ts';
import type { RowCounts } from './row-reader.ts';

/** How reading one source ended. */
export interface CaptureEnd extends Outcome, Readonly<RowCounts> {}

const codes = {
  truncated: 'input_truncated',
  input_unreadable: 'input_unreadable',
  field_invalid: 'filter_invalid',
  usage: 'usage',
  capture_failed: 'capture_failed',
  died: 'tshark_died',
} as const satisfies Partial<Record<Outcome['kind'], ErrorCode>>;

/**
 * The error that an end amounts to; null for one that is none: everything was read, or we stopped it ourselves.
 *
 * @param input - path, or `-`
 * @param filter - the display filter as the user wrote it
 */
export async function errorOfEnd(
  end: CaptureEnd,
  { tshark, input, filter }: { tshark: Tshark; input: string; filter: string | undefined },
): Promise<RttsharkError | null> {
  if (end.kind === 'stopped') return null;
  const name = input === '-' ? 'standard input' : `"${input}"`;
  if (end.kind === 'done') return end.malformedRows > 0 ? malformed(name, end) : null;
  const detail = end.words;
  switch (end.kind) {
    case 'truncated':
      return new RttsharkError(codes.truncated, `The capture ${name} is cut short or damaged.`, {
        detail,
        hint: `The results are those of the ${end.rows} rows up to there.`,
      });
    case 'input_unreadable':
      return new RttsharkError(codes.input_unreadable, `The input ${name} cannot be read as a capture.`, {
        detail,
      });
    case 'filter_invalid':
      return await filterError(tshark, filter ?? '', detail);
    case 'died':
      return died(name, end);
    default:
      return new RttsharkError(
        codes[end.kind],
        `tshark refused what it was asked for while reading ${name}.`,
        {
          detail,
        },
      );
  }
}

function died(name: string, end: CaptureEnd): RttsharkError {
  return new RttsharkError(codes.died, `tshark died while reading ${name}.`, {
    detail: end.words === '' ? undefined : end.words,
    hint: `The results are those of the ${end.rows} rows up to there${end.cutShort ? '; a row that was cut in two was dropped' : ''}.`,
  });
}

function malformed(name: string, end: CaptureEnd): RttsharkError {
  return new RttsharkError(
    codes.died,
    `tshark printed ${end.malformedRows} rows of ${name} that are no rows.`,
    {
      hint: `They were dropped; the results are those of the other ${end.rows} rows.`,
    },
  );
}
