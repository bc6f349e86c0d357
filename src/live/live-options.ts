import type { RingLimits } from '../capture/ring-writer.ts';
import type { ShardWish } from '../capture/shard-choice.ts';
import type { LabelName } from '../measure/labels.ts';
import type { Measurement } from '../measure/measurement.ts';
import type { NetworkPrefix } from '../measure/network-prefix.ts';
import type { HistogramOptions } from '../metrics/histogram-options.ts';
import type { ExtractionChoice, ProfileName } from '../tshark/profile.ts';
import type { RemoteHost } from '../tshark/remote-command.ts';
import type { SampledShare } from '../tshark/sampling-filter.ts';

/** What is captured live, and how. */
export interface LiveOptions {
  /** Names or numbers of interfaces; paths of pipes, `-` for standard input. Of the remote host, where one is named. */
  readonly interfaces: readonly string[];
  readonly remote?: RemoteHost | undefined;
  /** As after dumpcap's `-f`, `-s`, `-B` (MiB), `-y`. */
  readonly captureFilter?: string | undefined;
  readonly snapLength: number;
  readonly bufferMebibytes: number;
  readonly linkType?: string | undefined;
  /** False for dumpcap's `-p`. */
  readonly promiscuous: boolean;
  /** True for dumpcap's `-I`. */
  readonly monitorMode?: boolean | undefined;
  /** Capture only this share of the flows. */
  readonly sample?: SampledShare | undefined;
  /** Also write the packets to files; without limits it is one. */
  readonly write?: { readonly path: string; readonly limits: RingLimits | null } | undefined;
  /** As after tshark's `-Y`, `-d`, `-o`. */
  readonly filter?: string | undefined;
  readonly decodeAs?: readonly string[] | undefined;
  readonly preferences?: readonly string[] | undefined;
  /** Which dissectors are at work, and how values are taken from tshark; see `planDrive`. */
  readonly profile?: ProfileName | undefined;
  readonly extraction?: ExtractionChoice | undefined;
  /** How many tsharks share the packets, where they may be shared; `auto` by default. */
  readonly shards?: ShardWish | undefined;
  /** Path of tshark; looked for where it is not given. */
  readonly tshark?: string | undefined;
  /** When to end by itself. */
  readonly durationSeconds?: number | undefined;
  readonly packetCount?: number | undefined;
  readonly intervalSeconds: number;
  /** What is measured: nothing that takes more than single packets to tell, such as once a connection. */
  readonly measurements: readonly Measurement[];
  /** Count the events of TCP too. */
  readonly counters: boolean;
  /** Any label but `stream`, which each tshark numbers anew, and hosts' names, which each learns anew. */
  readonly by: readonly LabelName[];
  readonly swap: boolean;
  readonly prefix?: NetworkPrefix | undefined;
  /** Of each measurement, and of the counters together. */
  readonly maxGroups: number;
  /** Infinity keeps groups for ever. */
  readonly expireSeconds: number;
  readonly generation: GenerationOptions;
  readonly longestPauseSeconds: number;
  readonly histogram: HistogramOptions;
  /** Remember the latest sample of each bucket. */
  readonly exemplars: boolean;
}

/** When one tshark is followed by the next. */
export interface GenerationOptions {
  readonly packets: number;
  readonly memoryBytes: number;
  readonly overlapSeconds: number;
}
