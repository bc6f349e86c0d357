import { RttsharkError } from '../errors.ts';

/**
 * Both filters at once, either of which may be missing. The user's one keeps its meaning whatever operators it holds.
 *
 * @throws RttsharkError `filter_invalid` where its brackets do not pair, which would change the meaning of both
 */
export function bothFilters(first: string, users: string | undefined): string;
export function bothFilters(first: undefined, users: string | undefined): string | undefined;
export function bothFilters(first: string | undefined, users: string | undefined): string | undefined {
  if (users === undefined || users.trim() === '') return first;
  if (!bracketsPair(users)) {
    throw new RttsharkError(
      'filter_invalid',
      `The display filter "${users}" is not valid: its brackets do not pair.`,
    );
  }
  return first === undefined ? users : `(${first}) and (${users})`;
}

/** Whether round brackets pair, those inside of "text" and 'c'haracters aside. */
function bracketsPair(filter: string): boolean {
  let depth = 0;
  for (const [token] of filter.matchAll(/[rR]"[^"]*"|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[()]/gs)) {
    if (token === '(') depth += 1;
    if (token === ')') depth -= 1;
    if (depth < 0) return false;
  }
  return depth === 0;
}
