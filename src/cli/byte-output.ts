/** Where a command writes bytes to. */
export interface ByteOutput {
  /** Waits until they are taken. */
  write(bytes: Uint8Array): Promise<void>;
  /** Whether nobody reads any more. */
  readonly isClosed: boolean;
  /** To be called when everything has been written. */
  finish(): Promise<void>;
  /** Leaves nothing behind; without effect once it is finished. */
  discard(): Promise<void>;
}
