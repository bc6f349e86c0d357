import type { LabelName } from '../measure/labels.ts';
import type { Measurement } from '../measure/measurement.ts';
import type { NetworkPrefix } from '../measure/network-prefix.ts';
import type { HistogramOptions } from '../metrics/histogram-options.ts';
import type { ExtractionChoice, ProfileName } from '../tshark/profile.ts';

/** How one input is read. */
export interface ShardUse {
  readonly input: string;
  /** How many tsharks read it side by side. */
  readonly shards: number;
  /** Why it is one; null where there are several. */
  readonly reason: string | null;
}

/** What is analyzed, and how. */
export interface AnalysisOptions {
  /** Paths of capture files; `-` for standard input. */
  readonly inputs: readonly string[];
  /** Read all inputs as one capture in time order (files of a ring buffer), instead of each by itself. */
  readonly join?: boolean | undefined;
  /**
   * What is measured: names of presets and fields, as after `--measure`, or declarations. TCP's round-trip times by
   * default.
   */
  readonly measurements?: readonly (string | Measurement)[] | undefined;
  /** Also count what tshark's analysis of TCP says of single packets: retransmissions, duplicate ACKs, resets and others. */
  readonly counters?: boolean | undefined;
  /** Leave out TCP samples whose segment was sent more than once: nobody knows which of them was acknowledged. */
  readonly excludeRetransmitted?: boolean | undefined;
  /** What the samples are grouped by: `['src', 'dst']` by default; `[]` for the total alone. */
  readonly by?: readonly LabelName[] | undefined;
  /** Turn source and destination round. */
  readonly swap?: boolean | undefined;
  /** Put the networks of `src` and `dst` in the place of their addresses. */
  readonly prefix?: NetworkPrefix | undefined;
  /** Beyond so many groups, the smallest ones are one, whose every label is `other`. No limit by default. */
  readonly maxGroups?: number | undefined;
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
   * Upper bounds in seconds, ascending, without the infinite one; by the names of the measurements, where they differ.
   */
  readonly exemplarBuckets?: readonly number[] | Readonly<Record<string, readonly number[]>> | undefined;
  /**
   * How many tsharks share the packets of one file, where that changes no value: `auto`, the default, is as many as pay
   * on this machine; 1 is a single one.
   */
  readonly shards?: number | 'auto' | undefined;
  /**
   * Bytes that all processes together are to hold at most: where a file needs more, several tsharks read it one after the
   * other. 2 GiB by default, or half of the memory where that is less.
   */
  readonly memoryBytes?: number | undefined;
  /**
   * Is told where tsharks that read an input one after the other did not agree to the last, in so many rows: samples
   * there may be missing.
   */
  readonly onDisagreement?: ((input: string, rows: number) => void) | undefined;
  /** Is told how each input is read, again where that changes on the way. */
  readonly onShards?: ((use: ShardUse) => void) | undefined;
  /** Keep the values of all samples, so that quantiles are exact however many there are. False by default. */
  readonly exact?: boolean | undefined;
  /** How many samples of a measurement are kept value by value otherwise: 10,000,000 by default. */
  readonly exactSamples?: number | undefined;
  /**
   * How the histograms that are made of the results will be cut: the values of samples that are not kept are counted in
   * these buckets, so that histograms are exact in any case.
   */
  readonly histogram?: Pick<HistogramOptions, 'buckets' | 'kind' | 'native'> | undefined;
  /** Path of tshark; looked for where it is not given. */
  readonly tshark?: string | undefined;
}
