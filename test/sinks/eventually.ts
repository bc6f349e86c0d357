import { setTimeout as sleep } from 'node:timers/promises';

/** Repeats a check until it holds: a gateway answers a DELETE before it has done it. */
export async function eventually(check: () => Promise<void>): Promise<void> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    try {
      await check();
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
    await sleep(5);
  }
}
