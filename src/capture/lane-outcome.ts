import { outcomeOf, type Outcome } from '../tshark/outcome.ts';
import type { ToolVersion } from '../tshark/version.ts';
import type { LaneEnd } from './shard-lane.ts';

/**
 * How a reading ended that several lanes share, as one tshark would have ended that reads everything. Pure.
 *
 * @param ends - the first lane is told of what is cut short; undefined of one that has not ended by itself
 * @param isWhole - whether all of the capture was read, as far as that is known elsewhere
 * @param path - of the file, which each of them takes for its standard input; undefined where that is what it is
 * @returns null where only one tshark can say what is wrong
 */
export function outcomeOfLanes(
  ends: readonly (LaneEnd | undefined)[],
  version: ToolVersion,
  { isWhole, path }: { readonly isWhole: boolean; readonly path: string | undefined },
): Outcome | null {
  const outcomes = ends.map((end) => (end === undefined ? undefined : outcomeOf({ ...end.ending, version })));
  const died = outcomes.find((outcome) => outcome?.kind === 'died');
  if (died !== undefined) return died;
  const [first, ...others] = outcomes;
  const areDone = others.every((outcome) => outcome?.kind === 'done');
  if (!isWhole || !areDone || !ends.every((end) => end?.reply.kind === 'end')) return null;
  if (first?.kind === 'truncated' && ends.every(isAtCut))
    return { ...first, words: wordsOfFile(first.words, path) };
  return first?.kind === 'done' ? first : null;
}

function wordsOfFile(words: string, path: string | undefined): string {
  return path === undefined ? words : words.replaceAll(/^The standard input /gm, `The file "${path}" `);
}

function isAtCut(end: LaneEnd | undefined): boolean {
  return end?.reply.kind === 'end' && end.reply.isCut;
}
