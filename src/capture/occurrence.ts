/**
 * Which of several values that a field has in one packet: the first, the last, or all of them, which makes a list column
 * of every field.
 */
export type Occurrence = 'first' | 'last' | 'all';

export const occurrences: readonly Occurrence[] = Object.freeze(['first', 'last', 'all']);

/** What becomes of relative times: seconds as `float64`, or `duration`, which is exact. */
export type RelativeTime = 'seconds' | 'nanoseconds';

export const relativeTimes: readonly RelativeTime[] = Object.freeze(['seconds', 'nanoseconds']);
