import { setTimeout as sleep } from 'node:timers/promises';

/** Asks again and again until there is an answer; throws where there is none in time, 20 s by default. */
export async function until<T>(
  what: string,
  ask: () => T | undefined | Promise<T | undefined>,
  { longestMs = 20_000, everyMs = 5 } = {},
): Promise<T> {
  const deadline = Date.now() + longestMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > deadline) throw new Error(`Waited in vain until ${what}.`);
    await sleep(everyMs);
  }
}
