import type { RttsharkError } from '../errors.ts';
import type { CounterResult } from '../measure/counter-collector.ts';
import type { MeasurementResult } from '../measure/statistics.ts';

/** What became of one input. */
export interface InputResult {
  /** As it was given; `-` for standard input. */
  readonly path: string;
  /** Samples that came from it, of all measurements; null where it could not be read, and where files were joined. */
  readonly samples: number | null;
  /** Whether there may be more in it than was read: it is cut short or damaged, tshark died, or was stopped. */
  readonly truncated: boolean;
}

/** The outcome of one analysis. */
export interface Analysis {
  readonly tshark: { readonly version: string; readonly path: string };
  /** In the order in which they were given. */
  readonly inputs: readonly InputResult[];
  /** In the order in which they were asked for. */
  readonly measurements: readonly [MeasurementResult, ...MeasurementResult[]];
  /** What was counted beside them; none unless it was asked for. */
  readonly counters: readonly CounterResult[];
  /** What went wrong with single inputs, in their order; the results hold what could be read all the same. */
  readonly problems: readonly RttsharkError[];
}
