/** Something that happened in a live capture and is worth a line in the log. */
export interface LiveEvent {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  /** What kind, for programs that read the log: `capture_began`. */
  readonly event: string;
  /** A sentence for people. */
  readonly message: string;
  readonly fields?: Readonly<Record<string, string | number | boolean | null>> | undefined;
}
