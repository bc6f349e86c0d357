import { RttsharkError } from '../errors.ts';

/** One error that tells of all inputs. */
export function allUnreadable([first, ...others]: readonly RttsharkError[]): RttsharkError {
  if (first === undefined || others.length === 0)
    return first ?? new RttsharkError('usage', 'There is no input.');
  const detail = [first.detail, ...others.flatMap(({ message, detail: words }) => [message, words])];
  return new RttsharkError(first.code, first.message, {
    detail: detail.filter((line) => line !== undefined).join('\n'),
    hint: first.hint,
  });
}
