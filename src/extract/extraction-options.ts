import type { FieldList } from '../capture/field-schema.ts';
import type { Occurrence, RelativeTime } from '../capture/occurrence.ts';
import type { ExtractionChoice, ProfileName } from '../tshark/profile.ts';

/** What is extracted, and from what. */
export interface ExtractionOptions {
  /** Paths of capture files, `-` for standard input; their rows come one input after the other. */
  readonly inputs: readonly string[];
  /** The columns, in order: names of fields and patterns (`tcp.*`), or fields under names of their own. */
  readonly fields: FieldList;
  /** Which of several occurrences of a field in a packet, `last` by default; `all` makes lists of all columns. */
  readonly occurrence?: Occurrence | undefined;
  /** Relative times as seconds (`float64`), the default, or as integer nanoseconds (`duration`). */
  readonly relativeTime?: RelativeTime | undefined;
  /** The name of one more column, the first one: the input that a row is from. */
  readonly inputColumn?: string | undefined;
  /** Read all inputs as one, in time order. */
  readonly join?: boolean | undefined;
  /** Display filter: only packets that it selects are rows. */
  readonly filter?: string | undefined;
  /** As after tshark's `-d`, `-o` and `-c`. */
  readonly decodeAs?: readonly string[] | undefined;
  readonly preferences?: readonly string[] | undefined;
  readonly packetCount?: number | undefined;
  /**
   * Bytes that all processes together are to hold at most: where a file needs more, several tsharks read it one after the
   * other, if the values are the same. 2 GiB by default, or half of the memory where that is less.
   */
  readonly memoryBytes?: number | undefined;
  /** How tshark is driven; the values are the same. */
  readonly profile?: ProfileName | undefined;
  readonly extraction?: ExtractionChoice | undefined;
  /** Path of tshark; looked for where it is not given. */
  readonly tshark?: string | undefined;
}
