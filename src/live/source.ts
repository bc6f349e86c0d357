import type { SourceStatus } from '../measure/live-status.ts';

/** Where packets of a live capture come from, whatever it is. */
export interface Source {
  /**
   * Captures until it is stopped or there is nothing more to come.
   *
   * @param onBegun - called when the first packet can come
   * @throws RttsharkError where it cannot begin; where a pipe ends badly
   */
  run(onBegun: () => void): Promise<void>;
  /** Ends it; what is there by then is still delivered. */
  stop(): Promise<void>;
  pause(): void;
  resume(): void;
  status(): SourceStatus;
  /** Asks for the drops of this moment, and looks whether the interface is up; to be called every second. */
  readDrops(): Promise<void>;
  readonly gaps: number;
  readonly gapSeconds: number;
}
