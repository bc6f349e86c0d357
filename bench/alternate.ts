import { median } from './cpu-time.ts';
import { measure, type Contender, type Measured } from './measure.ts';

/** The medians of a contender's runs. */
export interface Result extends Measured {
  readonly name: string;
  readonly runs: number;
  readonly fastest: number;
}

/** What takes longer is run once: its figure is not where a tenth matters. */
const longRunSeconds = 60;

/** Runs all contenders in turn, so that whatever else the machine does meets all of them. */
export async function alternate(contenders: readonly Contender[], runs: number): Promise<Result[]> {
  const measured = new Map<string, Measured[]>(contenders.map(({ name }) => [name, []]));
  for (let run = 0; run < runs; run++) {
    for (const contender of contenders) {
      const all = measured.get(contender.name);
      if (all === undefined || (all[0]?.seconds ?? 0) > longRunSeconds) continue;
      try {
        const one = await measure(contender);
        all.push(one);
        if (process.stderr.isTTY) console.error(`${contender.name}: ${one.seconds.toFixed(2)} s`);
      } catch (error) {
        // One of other people's programs that fails here takes no other figure away.
        measured.delete(contender.name);
        console.error(`left out: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  }
  return [...measured].map(([name, all]) => ({
    name,
    runs: all.length,
    seconds: median(all.map(({ seconds }) => seconds)),
    fastest: Math.min(...all.map(({ seconds }) => seconds)),
    cpuSeconds: median(all.map(({ cpuSeconds }) => cpuSeconds)),
    memoryBytes: Math.max(...all.map(({ memoryBytes }) => memoryBytes)),
    memoryByName: largest(all.map(({ memoryByName }) => memoryByName)),
  }));
}

function largest(all: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const most: Record<string, number> = {};
  for (const each of all)
    for (const [name, bytes] of Object.entries(each)) most[name] = Math.max(most[name] ?? 0, bytes);
  return most;
}
