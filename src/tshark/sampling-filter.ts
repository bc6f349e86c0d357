import { readFileSync } from 'node:fs';
import type { CaptureOptions } from './capture-arguments.ts';

/** So many flows out of so many. */
export interface SampledShare {
  readonly numerator: number;
  readonly denominator: number;
}

export interface SamplingOptions {
  /** Whether the link type is Ethernet: then VLAN tags, PPPoE and MPLS are looked through. */
  readonly ethernet: boolean;
  /** Which share: the first by default. Shares `0`, `numerator`, `2 * numerator`, … together are all flows. */
  readonly first?: number;
}

/**
 * A capture filter that passes a share of the flows, each flow whole and in both directions, the same ones in every run,
 * and those of a smaller share among those of a larger one. Pure.
 *
 * TCP is decided by addresses and ports, every other IP packet by addresses alone, so that a tunnel is seen whole or not at
 * all: its inner flows are decided together. What cannot be told passes: fragments of TCP and TCP behind IPv6 extension
 * headers or IPv4 options (they belong to flows that pass or not), what is no IP, and link layers that are not looked
 * through: on a link that is not Ethernet all but IP itself; on Ethernet more than two VLAN tags and two MPLS labels.
 *
 * Addresses and ports are added up, which is the same both ways, and spread by a multiplication: clients' ports are often
 * all even, and only the high bits of the product depend on all bits of the sum.
 */
export function samplingFilter(share: SampledShare, { ethernet, first = 0 }: SamplingOptions): string {
  const from = slot(first, share);
  const width = slot(first + share.numerator, share) - from;
  const layers = ethernet ? ethernetLayers() : otherLayers;
  const dropped = layers.map(({ when, version, at }) => {
    const outside = (sum: string) => {
      const hash = `((${sum}) * ${multiplier} >> 16)`;
      return from === 0 ? `${hash} >= ${width}` : `(${hash} - ${from} & 0xffff) >= ${width}`;
    };
    return `(${when} and ${version === 4 ? droppedIpv4(at, outside) : droppedIpv6(at, outside)})`;
  });
  return `not (${dropped.join(' or ')})`;
}

/**
 * What is captured where only a share of the flows is wanted: the user's filter and the share's. The share's comes first,
 * for keywords like `vlan` in a filter move what follows them.
 *
 * @param ethernet - as in {@link SamplingOptions}; by default as this machine's interface of that name is
 */
export function withSampling(
  options: CaptureOptions,
  share: SampledShare | undefined,
  ethernet: boolean = isEthernet(options),
): CaptureOptions {
  if (share === undefined || share.numerator >= share.denominator) return options;
  const sampled = samplingFilter(share, { ethernet });
  const { filter } = options;
  return { ...options, filter: filter === undefined ? sampled : `(${sampled}) and (${filter})` };
}

/** An odd number near 2³² divided by the golden ratio, which spreads even steps best. */
const multiplier = 2_654_435_769;

/** A hash has 16 bits. */
function slot(number: number, { denominator }: SampledShare): number {
  return Math.floor((number * 65_536) / denominator);
}

type Bytes = (offset: number, size?: 1 | 2 | 4) => string;

/** Where an IP header can stand. */
interface IpLayer {
  readonly when: string;
  readonly version: 4 | 6;
  readonly at: Bytes;
}

const otherLayers: readonly IpLayer[] = [
  { when: 'ip', version: 4, at: (offset, size = 1) => `ip[${offset}:${size}]` },
  { when: 'ip6', version: 6, at: (offset, size = 1) => `ip6[${offset}:${size}]` },
];

/**
 * By offsets, not by libpcap's keywords, each of which moves all that follows it. A tag that the kernel has taken out of
 * the packet before the filter sees it moves nothing.
 */
function ethernetLayers(): IpLayer[] {
  const at = (offset: number, size: 1 | 2 | 4 = 1) => `ether[${offset}:${size}]`;
  const isTag = (offset: number) => `(${at(offset, 2)} = 0x8100 or ${at(offset, 2)} = 0x88a8)`;
  const typeOffsets = [
    { when: '', typeAt: 12 },
    { when: `${isTag(12)} and `, typeAt: 16 },
    { when: `${isTag(12)} and ${isTag(16)} and `, typeAt: 20 },
  ];
  return typeOffsets.flatMap(({ when, typeAt }) => {
    const layer = (condition: string, version: 4 | 6, start: number): IpLayer => ({
      when: when + condition,
      version,
      at: (offset, size) => at(start + offset, size),
    });
    const type = (number: string) => `${at(typeAt, 2)} = ${number}`;
    const behind = typeAt + 2;
    const ppp = (number: string) => `${type('0x8864')} and ${at(behind + 6, 2)} = ${number}`;
    const isBottom = (label: number) => `${at(behind + 4 * label + 2)} & 1`;
    const mpls = (labels: number, version: 4 | 6) =>
      layer(
        `${type('0x8847')} and ${labels === 2 ? `${isBottom(0)} = 0 and ` : ''}${isBottom(labels - 1)} = 1` +
          ` and ${at(behind + 4 * labels)} & 0xf0 = ${version * 16}`,
        version,
        behind + 4 * labels,
      );
    return [
      layer(type('0x0800'), 4, behind),
      layer(type('0x86dd'), 6, behind),
      layer(ppp('0x0021'), 4, behind + 8),
      layer(ppp('0x0057'), 6, behind + 8),
      ...([1, 2] as const).flatMap((labels) => [mpls(labels, 4), mpls(labels, 6)]),
    ];
  });
}

function droppedIpv4(at: Bytes, outside: (sum: string) => string): string {
  const addresses = `${at(12, 4)} + ${at(16, 4)}`;
  const ports = `${at(20, 2)} + ${at(22, 2)}`;
  const isPlainTcp = `${at(9)} = 6 and ${at(0)} = 0x45 and ${at(6, 2)} & 0x3fff = 0`;
  return `((${isPlainTcp} and ${outside(`${addresses} + ${ports}`)}) or (${at(9)} != 6 and ${outside(addresses)}))`;
}

function droppedIpv6(at: Bytes, outside: (sum: string) => string): string {
  const addresses = [8, 12, 16, 20, 24, 28, 32, 36].map((offset) => at(offset, 4)).join(' + ');
  const ports = `${at(40, 2)} + ${at(42, 2)}`;
  // Hop-by-hop options, routing, fragment, destination options.
  const headers = [0, 43, 44, 60].map((number) => `${at(6)} = ${number}`).join(' or ');
  const isBehindHeader = `((${headers}) and ${at(40)} = 6)`;
  return (
    `((${at(6)} = 6 and ${outside(`${addresses} + ${ports}`)})` +
    ` or (${at(6)} != 6 and not ${isBehindHeader} and ${outside(addresses)}))`
  );
}

/** What Linux calls an interface whose packets libpcap gives as Ethernet: Ethernet itself, and the loopback. */
const ethernetKinds = ['1', '772'];

function isEthernet({ interface: name, linkType }: CaptureOptions): boolean {
  if (linkType !== undefined) return linkType.toUpperCase() === 'EN10MB';
  if (name.includes('/')) return false;
  try {
    return ethernetKinds.includes(readFileSync(`/sys/class/net/${name}/type`, 'utf8').trim());
  } catch {
    return false;
  }
}
