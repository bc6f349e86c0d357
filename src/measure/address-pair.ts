/** Which of several IP layers of a packet carries its TCP segment. */
export interface CarryingLayer {
  readonly family: Family;
  /** Its place among the layers of its family, from the outside, starting at 0. */
  readonly place: number;
  /** How many layers of its family the packet has. */
  readonly layers: number;
}

/** The families of addresses, as tshark names their layers. */
const families = ['ip', 'ipv6'] as const;

type Family = (typeof families)[number];

/**
 * The IP layer that carries a packet's (innermost) TCP segment: the last one before the last `tcp`. Behind it
 * there can be others, where TCP carries a tunnel whose own packets hold no TCP.
 *
 * @param protocols - tshark's `frame.protocols`, as in `eth:ethertype:ip:gre:ipv6:tcp`
 * @param seen - how many addresses of each family the packet has: behind MPLS, tshark leaves the layer's name out from
 *   4.4 on, and only its address tells that it is there
 * @returns null where TCP is carried by something else, or there is none
 */
export function carryingLayer(
  protocols: string,
  seen: Readonly<Record<Family, number>>,
): CarryingLayer | null {
  const names = protocols.split(':');
  const tcp = names.lastIndexOf('tcp');
  if (tcp === -1) return null;
  const named = (family: Family) => names.filter((name) => name === family).length;
  const nearest = names.findLastIndex((name, i) => i < tcp && isFamily(name));
  const unnamed = families.find((family) => seen[family] > named(family));
  if (unnamed !== undefined && (nearest === -1 || names.slice(nearest, tcp).includes('mpls'))) {
    return { family: unnamed, place: seen[unnamed] - 1, layers: seen[unnamed] };
  }
  const family = names[nearest];
  if (family === undefined || !isFamily(family)) return null;
  const place = names.slice(0, nearest).filter((name) => name === family).length;
  return { family, place, layers: named(family) };
}

function isFamily(name: string): name is Family {
  return name === 'ip' || name === 'ipv6';
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
