/** Which of several IP layers of a packet carries its TCP segment. */
export interface CarryingLayer {
  readonly family: 'ip' | 'ipv6';
  /** Its place among the layers of its family, from the outside, starting at 0. */
  readonly place: number;
  /** How many layers of its family the packet has. */
  readonly layers: number;
}

/**
 * The IP layer that carries a packet's (innermost) TCP segment: the last one before the last `tcp`. Behind it
 * there can be others, where TCP carries a tunnel whose own packets hold no TCP.
 *
 * @param protocols - tshark's `frame.protocols`, as in `eth:ethertype:ip:gre:ipv6:tcp`
 * @returns null where TCP is carried by something else, or there is none
 */
export function carryingLayer(protocols: string): CarryingLayer | null {
  const names = protocols.split(':');
  const tcp = names.lastIndexOf('tcp');
  for (let i = tcp - 1; i >= 0; i--) {
    const family = names[i];
    if (family !== 'ip' && family !== 'ipv6') continue;
    const isSame = (name: string) => name === family;
    return { family, place: names.slice(0, i).filter(isSame).length, layers: names.filter(isSame).length };
  }
  return null;
}

/**
 * One layer's value out of all occurrences of an address field.
 *
 * @param occurrences - in the order of the layers
 * @returns the last one where their number is not that of the layers; '' where there is none
 */
export function occurrenceAt(
  occurrences: readonly string[],
  { place, layers }: Pick<CarryingLayer, 'place' | 'layers'>,
): string {
  return (occurrences.length === layers ? occurrences[place] : occurrences.at(-1)) ?? '';
}
