/** Which of several IP layers of a packet carries what is measured. */
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
 * The IP layer that carries a packet's (innermost) layer of a protocol: the last one before the last of its name. Behind
 * it there can be others, where TCP carries a tunnel whose own packets hold no TCP, or an ICMP error quotes a packet.
 *
 * @param protocols - tshark's `frame.protocols`, as in `eth:ethertype:ip:gre:ipv6:tcp`
 * @param seen - how many addresses of each family the packet has: behind MPLS, tshark leaves the layer's name out from
 *   4.4 on, and only its address tells that it is there
 * @param carried - as `frame.protocols` names it: `tcp`; one that is not there stands for the last layer of all
 * @returns null where it is carried by something else, or TCP is asked for and there is none
 */
export function carryingLayer(
  protocols: string,
  seen: Readonly<Record<Family, number>>,
  carried = 'tcp',
): CarryingLayer | null {
  const names = protocols.split(':');
  const last = placeOf(carried, names);
  if (last === -1) return null;
  const named = (family: Family) => names.filter((name) => name === family).length;
  const nearest = names.findLastIndex((name, i) => i < last && isFamily(name));
  const unnamed = families.find((family) => seen[family] > named(family));
  if (unnamed !== undefined && (nearest === -1 || names.slice(nearest, last).includes('mpls'))) {
    return { family: unnamed, place: seen[unnamed] - 1, layers: seen[unnamed] };
  }
  const family = names[nearest];
  if (family === undefined || !isFamily(family)) return null;
  const place = names.slice(0, nearest).filter((name) => name === family).length;
  return { family, place, layers: named(family) };
}

const transports: ReadonlySet<string> = new Set(['tcp', 'udp', 'sctp']);

/** The transport below the (innermost) layer of a protocol, as `frame.protocols` names it; null where there is none. */
export function transportBelow(protocols: string, carried: string): string | null {
  const names = protocols.split(':');
  const last = placeOf(carried, names);
  return names.findLast((name, i) => i <= last && transports.has(name)) ?? null;
}

/** Dissectors name their layers as they like: `mdns` has the fields of `dns`. */
function placeOf(carried: string, names: readonly string[]): number {
  const last = names.lastIndexOf(carried);
  return last === -1 && carried !== 'tcp' ? names.length : last;
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
