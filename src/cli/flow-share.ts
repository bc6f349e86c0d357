import { RttsharkError } from '../errors.ts';

/** So many flows out of so many. */
export interface FlowShare {
  readonly numerator: number;
  readonly denominator: number;
}

/** As fine as a hash of a flow can be cut without getting uneven. */
const largestDenominator = 1024;

/**
 * Reads which share of the flows is captured: `1/8`, `3/4`; `1/1` is all of them.
 *
 * @returns as it was written, not reduced: other flows may be in `2/16` than in `1/8`
 * @throws RttsharkError `usage` for what is no fraction, none above zero and up to one, or one finer than 1/1024
 */
export function parseFlowShare(text: string): FlowShare {
  const [, above, below] = /^\s*(\d+)\s*\/\s*(\d+)\s*$/.exec(text) ?? [];
  const [numerator, denominator] = [Number(above), Number(below)];
  if (numerator >= 1 && numerator <= denominator && denominator <= largestDenominator) {
    return { numerator, denominator };
  }
  throw new RttsharkError('usage', `"${text}" is no value for --sample.`, {
    hint: `Write one flow in so many, up to ${largestDenominator}, as in 1/8.`,
  });
}
