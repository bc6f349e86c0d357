/** Starts a clock that nobody sets. */
export function startClock(): () => number {
  const startMs = performance.now();
  return () => (performance.now() - startMs) / 1000;
}
