import { interfaceDescription, sectionHeader, type CaptureInterface } from './pcapng-blocks.ts';

/**
 * The interfaces of the one section that all packets of a live capture go into, whatever they come from: one that is
 * captured on again after a restart keeps its number.
 */
export class InterfaceTable {
  readonly #ids = new Map<string, number>();
  #prelude = sectionHeader();

  /** The number of an interface; `description` is what has to be written before its first packet, where it is new. */
  add(described: CaptureInterface): { id: number; description: Buffer | null } {
    const { name = null, linkType, snapLength, timeResolution, timeOffsetSeconds } = described;
    const key = JSON.stringify([name, linkType, snapLength, timeResolution, timeOffsetSeconds.toString()]);
    const known = this.#ids.get(key);
    if (known !== undefined) return { id: known, description: null };
    const id = this.#ids.size;
    this.#ids.set(key, id);
    const description = interfaceDescription(described);
    this.#prelude = Buffer.concat([this.#prelude, description]);
    return { id, description };
  }

  /** What a reader who joins now needs first: the section's header and all interfaces so far. */
  get prelude(): Buffer {
    return this.#prelude;
  }
}
