/** What a packet can be captured on, as dumpcap lists it. */
export interface ListedInterface {
  /** As in `tshark -D`, from 1 on. */
  readonly number: number;
  /** As `-i` takes it. */
  readonly name: string;
  /** In words for people, as in `Loopback`; null for none. */
  readonly description: string | null;
  readonly type: InterfaceType;
  /** IPv4 and IPv6, without network length. */
  readonly addresses: readonly string[];
  readonly loopback: boolean;
}

/** What dumpcap makes of an interface; `other` is a number that it did not have when this was written. */
export type InterfaceType =
  | 'wired'
  | 'airpcap'
  | 'pipe'
  | 'stdin'
  | 'bluetooth'
  | 'wireless'
  | 'dialup'
  | 'usb'
  | 'extcap'
  | 'virtual'
  | 'other';

const types: readonly InterfaceType[] = [
  ...(['wired', 'airpcap', 'pipe', 'stdin', 'bluetooth', 'wireless'] as const),
  ...(['dialup', 'usb', 'extcap', 'virtual'] as const),
];

/**
 * Reads what `dumpcap -D -M` prints. Pure. From 4.4 on that is JSON; before, a line for each interface, with columns for
 * the vendor's and the user's description, the type, the addresses, and whether it is the loopback.
 */
export function parseInterfaceList(output: string): ListedInterface[] {
  return output.trimStart().startsWith('[') ? fromJson(output) : fromLines(output);
}

function fromLines(output: string): ListedInterface[] {
  return output.split(/\r?\n/).flatMap((line) => {
    const [head = '', vendor = '', friendly = '', type = '', addresses = '', loopback = ''] =
      line.split('\t');
    const [, number, name] = /^(\d+)\. (.+)$/.exec(head) ?? [];
    if (number === undefined || name === undefined) return [];
    return [
      {
        number: Number(number),
        name,
        description: friendly || vendor || null,
        type: types[Number(type)] ?? 'other',
        addresses: addresses.split(',').filter((address) => address !== ''),
        loopback: loopback === 'loopback',
      },
    ];
  });
}

function fromJson(output: string): ListedInterface[] {
  const list: unknown = JSON.parse(output);
  if (!Array.isArray(list)) return [];
  return list.flatMap((entry: unknown) => Object.entries(asObject(entry))).map(fromEntry);
}

function fromEntry([name, value]: [string, unknown], at: number): ListedInterface {
  const told = asObject(value);
  const text = (key: string) => (typeof told[key] === 'string' ? told[key] : '');
  const addresses: unknown[] = Array.isArray(told['addrs']) ? told['addrs'] : [];
  return {
    number: at + 1,
    name,
    description: text('friendly_name') || text('vendor_description') || null,
    type: types[Number(told['type'])] ?? 'other',
    addresses: addresses.filter((address) => typeof address === 'string'),
    loopback: told['loopback'] === true,
  };
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
