/**
 * The one error class of rttshark. Each code belongs to exactly one exit status, so that a script can tell
 * the failures apart and a program can switch over `error.code`.
 */

/** Exit status of the command for each code. The numbers are a contract: other programs depend on them. */
export const exitStatusOf = {
  usage: 2,
  budget_not_met: 3,
  tshark_not_found: 20,
  tshark_too_old: 21,
  input_unreadable: 22,
  filter_invalid: 23,
  capture_failed: 24,
  tshark_died: 25,
  input_truncated: 26,
  no_samples: 31,
  gateway_unreachable: 40,
  gateway_timeout: 41,
  gateway_tls: 42,
  gateway_credentials: 43,
  gateway_refused: 44,
  interrupted: 130,
  terminated: 143,
} as const;

export type ErrorCode = keyof typeof exitStatusOf;

export interface ErrorDetails {
  /** What the user can do next, as a sentence. */
  hint?: string | undefined;
  /** The last lines that a subprocess wrote to standard error, or the server's answer. */
  detail?: string | undefined;
  /** The lines that the subprocess at fault wrote to standard error, as they were: the first ones and the last. */
  stderrTail?: readonly string[] | undefined;
  cause?: unknown;
}

/** Everything that can go wrong and is not a bug. `message` says what failed and names the thing in quotes. */
export class RttsharkError extends Error {
  override readonly name = 'RttsharkError';
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  readonly detail: string | undefined;
  /** Empty where no subprocess is at fault. */
  readonly stderrTail: readonly string[];

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.hint = details.hint;
    this.detail = details.detail;
    this.stderrTail = Object.freeze([...(details.stderrTail ?? [])]);
  }

  /** The exit status of a command that ends with this error. */
  get exitStatus(): number {
    return exitStatusOf[this.code];
  }
}
