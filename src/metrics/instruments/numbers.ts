import { RttsharkError } from '../../errors.ts';

/** @throws RttsharkError `usage` for what is no number; NaN and the infinities are */
export function checkNumber(metric: string, value: unknown): asserts value is number {
  if (typeof value === 'number') return;
  throw new RttsharkError('usage', `"${metric}" takes numbers, not "${String(value)}".`);
}
