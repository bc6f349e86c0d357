import { createInterface } from 'node:readline';
import { startChild } from './child-process.ts';
import type { WitnessedCount } from './drop-estimate.ts';
import type { PacketWitness } from './packet-witness.ts';

/**
 * Has the kernel count an interface's packets by dumpcap's statistics, a line for each interface every second. It captures
 * on all of them, reads nothing, and knows no filter.
 *
 * @returns null where this dumpcap may not capture here, or not on this interface
 */
export async function startStatisticsWitness(
  dumpcap: string,
  name: string,
  loopback: boolean,
): Promise<PacketWitness | null> {
  const child = startChild(dumpcap, ['-S', '-M'], { apart: true });
  const { output } = child;
  if (output === undefined) return null;
  const counts = new InterfaceCounts(name, loopback);
  const lines = createInterface({ input: output });
  const first = new Promise<boolean>((resolve) => {
    lines.on('line', (line) => {
      counts.add(line, Date.now() / 1000);
      if (counts.latest !== null) resolve(true);
    });
    lines.once('close', () => {
      resolve(false);
    });
    setTimeout(() => {
      resolve(false);
    }, 5000).unref();
  });
  if (!(await first)) {
    await child.stop();
    return null;
  }
  let over = false;
  void child.ended.then(() => {
    over = true;
  });
  return {
    received: () => Promise.resolve(over ? null : counts.latest),
    stop: () => child.stop(),
  };
}

/**
 * Reads the lines of `dumpcap -S -M`: name, packets seen, packets dropped of them, between tabs. Pure. The loopback's
 * packets are counted twice, coming and going.
 */
export class InterfaceCounts {
  readonly #name: string;
  readonly #loopback: boolean;
  #total = 0;
  #last = 0;
  #arrivals: readonly [number, number] = [-Infinity, -Infinity];
  #latest: WitnessedCount | null = null;

  constructor(name: string, loopback: boolean) {
    this.#name = name;
    this.#loopback = loopback;
  }

  /** Null before there was a line for the interface. */
  get latest(): WitnessedCount | null {
    return this.#latest;
  }

  add(line: string, atSeconds: number): void {
    const [, name = '', count] = /^(.+)\t(\d+)\t\d+$/.exec(line) ?? [];
    if (count === undefined || name !== this.#name) return;
    // It counts in 32 bits.
    this.#total += (Number(count) - this.#last) >>> 0;
    this.#last = Number(count);
    const [before, previous] = this.#arrivals;
    this.#arrivals = [previous, atSeconds];
    // When it was counted is not said: after the line before the last was printed.
    const received = this.#loopback ? Math.floor(this.#total / 2) : this.#total;
    this.#latest = { received, fromSeconds: before, toSeconds: atSeconds };
  }
}
