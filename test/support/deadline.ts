import { setTimeout as sleep } from 'node:timers/promises';

/** Asks again and again until there is an answer; throws where there is none in time. */
export async function until<T>(what: string, ask: () => T | undefined | Promise<T | undefined>): Promise<T> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > deadline) throw new Error(`Waited in vain until ${what}.`);
    await sleep(5);
  }
}
