import { TimeLeft } from '../src/cli/time-left.ts';

/** How far a real run was at each moment. */
export interface ProgressSeries {
  readonly about: string;
  readonly endedMs: number;
  /** Milliseconds since the start, the share of the work that was done, and how many seconds of other work were to follow. */
  readonly marks: readonly (readonly [atMs: number, share: number, after?: number])[];
}

/** What is foretold at each mark of a series, beside what it then took. */
export function foretold({ marks, endedMs }: ProgressSeries): {
  readonly share: number;
  readonly secondsLeft: number | undefined;
  readonly actualSeconds: number;
}[] {
  const timeLeft = new TimeLeft();
  return marks.map(([atMs, share, after]) => {
    timeLeft.observe(atMs, share);
    return { share, secondsLeft: timeLeft.seconds(after), actualSeconds: (endedMs - atMs) / 1000 };
  });
}
