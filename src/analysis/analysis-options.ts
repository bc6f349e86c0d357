import type { LabelName } from '../measure/labels.ts';
import type { ExtractionChoice, ProfileName } from '../tshark/profile.ts';

/** What is analyzed, and how. */
export interface AnalysisOptions {
  /** Paths of capture files; `-` for standard input. */
  readonly inputs: readonly string[];
  /** Read all inputs as one capture in time order (files of a ring buffer), instead of each by itself. */
  readonly join?: boolean | undefined;
  /** What the samples are grouped by: `['src', 'dst']` by default; `[]` for the total alone. */
  readonly by?: readonly LabelName[] | undefined;
  /** Turn source and destination round. */
  readonly swap?: boolean | undefined;
  /** Display filter that narrows the samples, as after tshark's `-Y`. */
  readonly filter?: string | undefined;
  /** As after tshark's `-d`, `-o` and `-c`. */
  readonly decodeAs?: readonly string[] | undefined;
  readonly preferences?: readonly string[] | undefined;
  readonly packetCount?: number | undefined;
  /**
   * Which dissectors are at work: `lean` by default, those that are needed, where that changes no value, else all; `full`,
   * all of them, without the user's own Wireshark configuration; `user`, as that says.
   */
  readonly profile?: ProfileName | undefined;
  /** How values are taken from tshark: `auto` by default; `fields` or, where they give the same, `columns`. */
  readonly extraction?: ExtractionChoice | undefined;
  /**
   * Remember the largest sample of each of these buckets, group by group, with frame, stream and file, as exemplars.
   * Upper bounds in seconds, ascending, without the infinite one.
   */
  readonly exemplarBuckets?: readonly number[] | undefined;
  /** Path of tshark; looked for where it is not given. */
  readonly tshark?: string | undefined;
}
