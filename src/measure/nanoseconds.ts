/** How many there are in a second. */
export const nanosecondsPerSecond = 1e9;

/** The first number of nanoseconds that does not fit into 32 bits: 4.29 seconds. */
const tooMany = 2 ** 32;

/**
 * The whole number of nanoseconds, in 32 bits, that gives exactly this double when it is divided by 10⁹; -1 where there
 * is none. What tshark prints with nine decimals nearly always has one, since reading divides the same two integers.
 */
export function nanosecondsOf(seconds: number): number {
  const nanoseconds = Math.round(seconds * nanosecondsPerSecond);
  const isSame = nanoseconds / nanosecondsPerSecond === seconds && !Object.is(nanoseconds, -0);
  return isSame && nanoseconds >= 0 && nanoseconds < tooMany ? nanoseconds : -1;
}
