import { totalmem } from 'node:os';

/** The bytes that all processes together are to hold at most, where nothing else is said. */
export function defaultMemoryBytes(): number {
  return Math.min(2 * 1024 ** 3, totalmem() / 2);
}
