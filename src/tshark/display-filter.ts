import { devNull } from 'node:os';
import { RttsharkError } from '../errors.ts';
import { loadFieldCatalogue, nearHint } from './field-catalogue.ts';
import type { Tshark } from './find-tools.ts';
import { runTool } from './run-tool.ts';
import { withoutNoise } from './stderr-tail.ts';

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

/**
 * The error about a display filter that tshark refused: what it says of the filter as the user wrote it, and, for an
 * unknown field, the known names near it.
 *
 * @param words - what tshark said of the filter that it was given, where it has nothing to say of the user's alone
 */
export async function filterError(tshark: Tshark, filter: string, words: string): Promise<RttsharkError> {
  const { stderr } = await runTool(tshark.path, ['-n', '-r', devNull, '-Y', filter]);
  const said = withoutNoise(stderr.split('\n')).map((line) => line.replace(/^tshark: /, ''));
  const own = said.some((line) => line.includes(devNull)) ? [] : said;
  const name = unknownName(own.join('\n'));
  return new RttsharkError('filter_invalid', `The display filter "${filter}" is not valid.`, {
    detail: own.length === 0 ? words : own.join('\n'),
    hint: name === null ? undefined : nearHint(name, await loadFieldCatalogue(tshark)),
  });
}

/** The name that tshark calls unknown, in the words of its versions; null where it complains of something else. */
export function unknownName(words: string): string | null {
  for (const pattern of callsUnknown) {
    const name = pattern.exec(words)?.[1];
    if (name !== undefined) return name;
  }
  return null;
}

const callsUnknown = [
  /^"([\w.-]+)" is not a valid protocol/m,
  /^"?([\w.-]+)"? is neither a field nor a protocol/m,
  /^Neither "([\w.-]+)" nor ".*" are field or protocol names/m,
  /expression must be a field or function, not ([\w.-]*[A-Za-z][\w.-]*)\.$/m,
];
