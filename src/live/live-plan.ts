import type { Readable } from 'node:stream';
import type { DropReader } from '../capture/live-source.ts';
import type { GenerationRequest } from '../capture/generation.ts';
import type { ShardWish } from '../capture/shard-choice.ts';
import type { Observed } from '../measure/capture-collector.ts';
import type { HistogramLayout } from '../metrics/histogram-options.ts';
import type { CaptureOptions } from '../tshark/capture-arguments.ts';
import type { Command } from '../tshark/pipeline.ts';
import type { LiveOptions } from './live-options.ts';

/** One source of packets, with everything known and checked. */
export type CapturePlan =
  | {
      readonly kind: 'pipe';
      readonly path: string;
      /** Read in place of what the path names. */
      readonly stream?: Readable | undefined;
    }
  | {
      readonly kind: 'interface' | 'remote';
      /** As in reports and metrics. */
      readonly name: string;
      /** Of the interface, for a capture that does not tell it. */
      readonly interfaceName: string;
      /** What runs here: `dumpcap`, `ssh`. */
      readonly program: 'dumpcap' | 'ssh';
      readonly command: Command;
      readonly options: CaptureOptions;
      /** Whether it is the loopback, where the kernel holds each packet twice, and so counts it where it drops. */
      readonly loopback: boolean;
      /** Begins to watch what the kernel drops; null where nobody can tell. */
      readonly watchDrops: () => Promise<DropReader | null>;
    };

/** What a live capture will do. */
export interface LivePlan {
  readonly live: LiveOptions;
  readonly observed: Observed;
  /** Of the histograms of its measurements, in their order. */
  readonly layouts: readonly HistogramLayout[];
  readonly request: GenerationRequest;
  readonly captures: readonly CapturePlan[];
  /** How many tsharks share the packets, and why no more than one may; null where they may be shared. */
  readonly shards: ShardWish;
  readonly oneTshark: string | null;
  /** The columns whose values are compared when one tshark follows the other. */
  readonly valueFields: readonly string[];
  /** Samples of each measurement that are kept one by one; beyond, quantiles come from a sketch. */
  readonly exactSamples: number;
}
