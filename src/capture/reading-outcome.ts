import type { ChildEnding } from '../tshark/child-process.ts';
import { outcomeOf, type Outcome, type OutcomeKind } from '../tshark/outcome.ts';
import type { ToolVersion } from '../tshark/version.ts';
import type { RowCounts } from './row-reader.ts';

/** What tshark refuses before it reads anything: no feeder is to blame. */
const refusals: readonly OutcomeKind[] = ['filter_invalid', 'field_invalid', 'usage'];

/**
 * What the ends of all programs of a pipeline mean together. Pure. The first that failed by itself explains the others,
 * but for tshark's refusals: its feeder then may have finished, or complained, before anybody read it.
 *
 * @param endings - in the order of the pipeline; not empty
 */
export function outcomeOfPipeline(
  endings: readonly ChildEnding[],
  { version, stopped }: { version: ToolVersion; stopped: boolean },
): Outcome {
  const outcomes = endings.map((ending) => outcomeOfChild(ending, version));
  const last = outcomes.at(-1);
  if (last === undefined) throw new Error('A pipeline has at least one program.');
  if (stopped) return { kind: 'stopped', words: last.words };
  if (refusals.includes(last.kind)) return last;
  const feeders = outcomes.slice(0, -1).filter((_, i) => endings[i]?.signal !== 'SIGPIPE');
  return feeders.find(({ kind }) => kind !== 'done') ?? last;
}

function outcomeOfChild(ending: ChildEnding, version: ToolVersion): Outcome {
  if (ending.spawnError === undefined) return outcomeOf({ ...ending, version });
  return { kind: 'died', words: `It could not be started: ${ending.spawnError}.` };
}

/**
 * The outcome for inputs that are compressed and end within a frame: no tshark says anything of that, or that it knows
 * no such compression. Pure.
 *
 * @param cutInputs - asked for only where the outcome leaves it open; how each input that is cut short is called
 */
export function unlessCut(outcome: Outcome, cutInputs: () => readonly string[]): Outcome {
  if (outcome.kind !== 'done' && !outcome.words.includes('cannot be decompressed')) return outcome;
  const cut = cutInputs();
  if (cut.length === 0) return outcome;
  const words = cut.map((name) => `The ${name} ends in the middle of a compressed frame.`);
  return { kind: 'truncated', words: words.join('\n') };
}

/** The outcome where the rows ended inside of one: whatever the exit status says, there was more to come. Pure. */
export function unlessInRow(outcome: Outcome, { cutShort }: Pick<RowCounts, 'cutShort'>): Outcome {
  if (outcome.kind !== 'done' || !cutShort) return outcome;
  return {
    kind: 'died',
    words: ['It ended inside of a row.', outcome.words].filter((line) => line !== '').join('\n'),
  };
}
