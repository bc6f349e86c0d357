/** The thread in which bcrypt does its long sums. */

import { parentPort } from 'node:worker_threads';
import { compareSync } from 'bcryptjs';

/** @internal */
export interface BcryptQuestion {
  readonly id: number;
  readonly password: string;
  readonly hash: string;
}

/** @internal */
export interface BcryptAnswer {
  readonly id: number;
  readonly matches: boolean;
}

parentPort?.on('message', ({ id, password, hash }: BcryptQuestion) => {
  parentPort?.postMessage({ id, matches: matches(password, hash) } satisfies BcryptAnswer);
});

function matches(password: string, hash: string): boolean {
  try {
    return compareSync(password, hash);
  } catch {
    return false;
  }
}
