import type { AnyTable } from '../table/table.ts';
import type { ChildEnding } from '../tshark/child-process.ts';
import type { GenerationRequest } from './generation.ts';
import type { ShardWish } from './shard-choice.ts';

/** When the next tshark is started, and for how long both are fed. Several that share the packets count as one. */
export interface GenerationLimits {
  /** Packets that one tshark sees before the next is started. */
  readonly packets: number;
  /**
   * Memory that one tshark holds before the next is started; looked at every second, where the system tells. What each
   * further one of several holds without packets is not counted.
   */
  readonly memoryBytes: number;
  /** How long old and new are fed the same packets, by the packets' own time; at least so long. */
  readonly overlapSeconds: number;
}

/** Why the next one is started: what the old one has seen or holds, or that more are to share the packets. */
export type FollowReason = 'packets' | 'memory' | 'shards';

export type ChainEvent =
  | {
      readonly kind: 'generation_started';
      readonly generation: number;
      readonly why: FollowReason;
      readonly shards: number;
    }
  /** One tshark goes on, from the given packet on and for good. */
  | { readonly kind: 'sharing_ended'; readonly reason: string; readonly packet: number }
  | { readonly kind: 'generation_followed'; readonly generation: number; readonly differences: number }
  | {
      readonly kind: 'tshark_died';
      readonly ending: ChildEnding;
      readonly hung: boolean;
      /** Null where its follower was there already. */
      readonly pauseMs: number | null;
    }
  | { readonly kind: 'tshark_restarted'; readonly afterMs: number; readonly lostPackets: number }
  | { readonly kind: 'tshark_not_started'; readonly error: unknown; readonly pauseMs: number }
  /** At the end of the capture, with a tshark that dies again and again. */
  | { readonly kind: 'packets_given_up'; readonly lostPackets: number };

export interface ChainOptions {
  readonly request: GenerationRequest;
  /**
   * How many tsharks share the packets, 1 by default: more than that only for requests that may be shared. With `auto`
   * one begins, and there are more as soon as it is busy.
   */
  readonly shards?: ShardWish | undefined;
  /** Processor cores, for `auto`; 1 by default. */
  readonly cores?: number | undefined;
  /** The columns whose values are compared when one tshark follows the other. */
  readonly valueFields: readonly string[];
  readonly prelude: () => Buffer;
  readonly limits: GenerationLimits;
  readonly longestPauseMs: number;
  /** Packets that are kept to be fed to the successor of a tshark that died. */
  readonly replayBytes: number;
  /** A tshark that has packets before it, or the end of all packets, and does nothing for so long is killed. */
  readonly hungAfterMs: number;
  /**
   * Takes rows in the order of their packets; each row once.
   *
   * @param packets - the numbers of their packets in the whole capture, 0 for the first
   */
  readonly onRows: (rows: AnyTable, packets: Float64Array) => void;
  readonly onEvent: (event: ChainEvent) => void;
  /** Called when packets that waited have been taken, or whoever they waited for has gone. */
  readonly onDrain: () => void;
}
