import type { SourceEnding } from '../capture/live-source.ts';
import type { RestartCount } from '../measure/live-status.ts';
import type { ChildEnding } from '../tshark/child-process.ts';
import { withoutNoise } from '../tshark/stderr-tail.ts';

/** Why something that runs all the time ended. */
export interface DeathReason {
  /** One of few words, for a label. */
  readonly reason: string;
  /** The program's own words; empty where it said nothing. */
  readonly words: string;
}

const byWords: readonly (readonly [pattern: RegExp, reason: string])[] = [
  [/went down|network is down|is not up|not running/i, 'interface_down'],
  [/disappeared|no such device|no longer/i, 'interface_gone'],
  [/permission|not permitted/i, 'permission'],
  [
    /connection (?:to \S+ )?(?:refused|timed out|reset|closed)|could not resolve|no route to host|broken pipe/i,
    'connection',
  ],
];

/** Pure. What the program said comes first, then how it ended. */
export function reasonOfSource(ending: SourceEnding): DeathReason {
  if (ending.damage !== undefined) return { reason: 'damaged', words: ending.damage };
  return reasonOf(ending);
}

export function reasonOf({ signal, exitCode, stderr, spawnError }: ChildEnding, hung = false): DeathReason {
  const words = withoutNoise(stderr)
    .filter((line) => !statistics.test(line))
    .join('\n');
  if (hung) return { reason: 'hung', words };
  if (spawnError !== undefined) return { reason: 'not_started', words: spawnError };
  const known = byWords.find(([pattern]) => pattern.test(words));
  if (known !== undefined) return { reason: known[1], words };
  if (signal !== null) return { reason: 'killed', words: words === '' ? signal : words };
  return { reason: exitCode === 0 ? 'ended' : 'died', words };
}

const statistics = /^(?:File: |Packets captured: |Packets received\/dropped |\d+ packets? )/;

/** Counts restarts by program and reason. */
export class RestartCounter {
  readonly #counts = new Map<string, RestartCount>();

  add(program: string, reason: string): void {
    const key = `${program} ${reason}`;
    const count = (this.#counts.get(key)?.count ?? 0) + 1;
    this.#counts.set(key, { program, reason, count });
  }

  counts(): RestartCount[] {
    return [...this.#counts.values()];
  }
}
