import { RttsharkError } from '../errors.ts';
import type { CatalogueEntry } from './field-catalogue.ts';

/** How well an entry fits: the less, the better; null where it does not. */
type Fit = (entry: CatalogueEntry) => number | null;

/**
 * The entries that a pattern means, best first, and equally good ones in the order in which they come. Pure.
 *
 * - words: all of them are in the name or the description, whatever their case; the best have them as their name, as its
 *   beginning, or as a part of it between dots, and belong to a common protocol
 * - `tcp.*`, with `*` for any characters: the names of that form
 * - a regular expression, where that is said: what it finds in the name or the description, whatever the case
 *
 * @throws RttsharkError `usage` for what is no regular expression
 */
export function searchFields(
  entries: Iterable<CatalogueEntry>,
  pattern: string,
  { isRegex = false } = {},
): CatalogueEntry[] {
  const fitOf = isRegex ? regexFit(pattern) : pattern.includes('*') ? formFit(pattern) : wordsFit(pattern);
  const found: CatalogueEntry[][] = [];
  for (const entry of entries) {
    const fit = fitOf(entry);
    if (fit !== null) (found[isRare(fit, entry) ? fit + rareFits : fit] ??= []).push(entry);
  }
  return found.flat();
}

function regexFit(pattern: string): Fit {
  let regex: RegExp;
  try {
    regex = new RegExp(pattern, 'i');
  } catch (error) {
    throw new RttsharkError('usage', `"${pattern}" is no regular expression.`, {
      detail: error instanceof Error ? error.message : undefined,
    });
  }
  return ({ name, description }) => (regex.test(name) ? 0 : regex.test(description) ? 1 : null);
}

function formFit(pattern: string): Fit {
  const parts = pattern.split('*').map((part) => part.replaceAll(/[^\w]/g, String.raw`\$&`));
  const form = new RegExp(`^${parts.join('.*')}$`, 'i');
  return ({ name }) => (form.test(name) ? 0 : null);
}

function wordsFit(pattern: string): Fit {
  const words = pattern
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const whole = words.join(' ');
  return (entry) => {
    const name = entry.name.toLowerCase();
    if (name === whole) return 0;
    if (name.startsWith(`${whole}.`)) return depth(name);
    const description = entry.description.toLowerCase();
    // Several words are a phrase before they are anything else.
    if (words.length > 1 && description.includes(whole)) return phraseFits;
    if (words.every((word) => name.includes(word))) return nameFit(name, words);
    if (description.includes(whole)) return descriptionFits;
    return words.every((word) => description.includes(word) || name.includes(word))
      ? descriptionFits + 1
      : null;
  };
}

/** What most people look for is a field of one of these. */
const commonProtocols: ReadonlySet<string> = new Set(
  'frame eth vlan arp ip ipv6 icmp icmpv6 tcp udp dns http http2 http3 tls quic dhcp ntp ssh smtp sip rtp smb smb2 wlan'.split(
    ' ',
  ),
);

/** Whether it comes behind everything of common protocols: those whose names begin with what is searched for do not. */
function isRare(fit: number, { name }: CatalogueEntry): boolean {
  const [protocol = ''] = name.split('.', 1);
  return fit >= phraseFits && !commonProtocols.has(protocol);
}

const deepest = 9;
const phraseFits = deepest + 1;
const nameFits = phraseFits + 1;
const descriptionFits = nameFits + 3;
const rareFits = 100;

/** The names right below one come before those of their parts. */
function depth(name: string): number {
  return Math.min(deepest, name.split('.').length);
}

function nameFit(name: string, words: readonly string[]): number {
  const parts = name.split(/[._-]/);
  if (words.every((word) => parts.includes(word))) return nameFits;
  return words.every((word) => name.startsWith(word)) ? nameFits + 1 : nameFits + 2;
}
