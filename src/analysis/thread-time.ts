import { readFileSync } from 'node:fs';

const nothing = new Int32Array(new SharedArrayBuffer(4));
const shortestMs = 0.01;

/**
 * Milliseconds that count only while this thread is at work, where the system tells them: with as many processes as
 * cores, it waits for others about half of the time. Elsewhere those of a clock.
 */
export function threadTimeMs(): number {
  // Linux counts a thread's time every few milliseconds only, and whenever it goes to sleep.
  Atomics.wait(nothing, 0, 0, shortestMs);
  try {
    const [onCore = ''] = readFileSync('/proc/thread-self/schedstat', 'utf8').split(' ');
    return Number(onCore) / 1e6;
  } catch {
    return performance.now();
  }
}
