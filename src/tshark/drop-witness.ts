import { readFileSync } from 'node:fs';
import type { CaptureOptions } from './capture-arguments.ts';
import { DropEstimate } from './drop-estimate.ts';
import { findCompanion } from './find-tools.ts';
import { startPacketWitness, type PacketWitness } from './packet-witness.ts';
import { startStatisticsWitness } from './statistics-witness.ts';
import { witnessFilter } from './witness-filter.ts';

/** Tells what the kernel drops of a capture while it runs. */
export interface DropWitness {
  /**
   * To be called with what comes out of the capture.
   *
   * @param packets - that came so far
   * @param newestSeconds - time of the newest of them
   * @param oldestSeconds - of the oldest of those that came last, together; makes the bound exact where it is told
   */
  delivered(packets: number, newestSeconds: number, oldestSeconds?: number): void;
  /** Packets that were dropped for certain since it began, a second ago or so; null where it cannot tell any more. */
  dropped(): Promise<number | null>;
  stop(): Promise<void>;
}

export interface WitnessOptions extends CaptureOptions {
  /** Path of the dumpcap that captures. */
  readonly dumpcap: string;
  /** Path of tcpdump; looked for where it is not given, none where null. */
  readonly tcpdump?: string | null | undefined;
}

/**
 * Begins to watch a capture. dumpcap tells its drops only at its end, and Linux tells those of its socket to nobody else,
 * so that a second capture of the same packets has the kernel count them, without work in between: of tcpdump, or, where
 * that may not capture and there is no filter, of dumpcap's statistics.
 *
 * @returns null where nobody can tell
 */
export async function startDropWitness(options: WitnessOptions): Promise<DropWitness | null> {
  if (process.platform !== 'linux') return null;
  const witness = (await startTcpdump(options)) ?? (await startStatistics(options));
  return witness === null ? null : new EverySecond(witness);
}

class EverySecond implements DropWitness {
  readonly #witness: PacketWitness;
  readonly #estimate = new DropEstimate();
  readonly #timer: NodeJS.Timeout;
  #asked: Promise<void> | undefined;
  #lost = false;

  constructor(witness: PacketWitness) {
    this.#witness = witness;
    this.#ask();
    this.#timer = setInterval(() => {
      this.#ask();
    }, 1000).unref();
  }

  delivered(packets: number, newestSeconds: number, oldestSeconds?: number): void {
    this.#estimate.delivered(packets, newestSeconds, oldestSeconds);
  }

  dropped(): Promise<number | null> {
    return Promise.resolve(this.#lost ? null : this.#estimate.dropped);
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#witness.stop();
    await this.#asked;
  }

  #ask(): void {
    this.#asked ??= this.#witness.received().then((count) => {
      this.#asked = undefined;
      if (count !== null) this.#estimate.witnessed(count);
      else {
        this.#lost = true;
        clearInterval(this.#timer);
      }
    });
  }
}

function startTcpdump(options: WitnessOptions): Promise<PacketWitness | null> {
  const { tcpdump = findCompanion('tcpdump'), interface: name } = options;
  if (tcpdump === null) return Promise.resolve(null);
  const { filter, linkType = options.linkType } = witnessFilter({
    interface: name,
    filter: options.filter,
    loopback: isLoopback(name),
    loopbackIndex: loopbackIndex(),
  });
  return startPacketWitness(tcpdump, [
    ...['-n', '-p', '-i', name, '-s', '1', '-B', '1'],
    ...(linkType === undefined ? [] : ['-y', linkType]),
    ...['-w', '-'],
    ...(filter === undefined ? [] : ['--', filter]),
  ]);
}

function startStatistics({
  dumpcap,
  filter,
  interface: name,
}: WitnessOptions): Promise<PacketWitness | null> {
  // Among those of `any`, the loopback's packets are counted twice, and how many these are is counted at another moment.
  if (filter !== undefined || name === 'any') return Promise.resolve(null);
  return startStatisticsWitness(dumpcap, name, isLoopback(name));
}

function isLoopback(name: string): boolean {
  return interfaceFile(name, 'type') === '772';
}

function loopbackIndex(): number | null {
  const index = interfaceFile('lo', 'ifindex');
  return index === null ? null : Number(index);
}

function interfaceFile(name: string, file: string): string | null {
  if (name.includes('/')) return null;
  try {
    return readFileSync(`/sys/class/net/${name}/${file}`, 'utf8').trim();
  } catch {
    return null;
  }
}
