import ipaddr from 'ipaddr.js';
import { RttsharkError } from '../errors.ts';
import { nearestNames } from '../nearest.ts';
import { parseAddress, type Address } from './parse-address.ts';

/** Says of a group whether one of its labels is what was asked for. */
export interface LabelMatcher {
  readonly label: string;
  /** As it was written: `src=10.0.0.0/8`. */
  readonly text: string;
  matchesValue(value: string): boolean;
}

/**
 * Reads `label=value`. The value is a network (`10.0.0.0/8`, `2001:db8::/32`), an address, which is compared by
 * its value and not by how it is written, or any other text, which must be equal.
 *
 * @throws RttsharkError `usage` where there is no `=`, no label, or a network that does not exist
 */
export function parseLabelMatch(text: string): LabelMatcher {
  const at = text.indexOf('=');
  if (at < 1) {
    throw new RttsharkError('usage', `"${text}" does not say which groups are meant.`, {
      hint: 'Write LABEL=VALUE, as in src=10.0.0.0/8 or dst=2001:db8::1.',
    });
  }
  const wanted = text.slice(at + 1);
  return { label: text.slice(0, at), text, matchesValue: valueTest(wanted, text) };
}

/**
 * Whether all matchers hold for a group's labels. No matchers: true.
 *
 * @throws RttsharkError `usage` where the group has no such label; the message lists those that it has
 */
export function matchesLabels(
  matchers: readonly LabelMatcher[],
  labels: Readonly<Record<string, string>>,
): boolean {
  const values = new Map(Object.entries(labels));
  return matchers
    .map((matcher) =>
      matcher.matchesValue(values.get(matcher.label) ?? unknownLabel(matcher, [...values.keys()])),
    )
    .every(Boolean);
}

function valueTest(wanted: string, text: string): (value: string) => boolean {
  if (/^(?:[\d.]+|[\da-f:.]*:[\da-f:.]*)\/\d+$/i.test(wanted)) return networkTest(wanted, text);
  const address = parseAddress(wanted);
  if (address === undefined) return (value) => value === wanted;
  const wantedBytes = address.toNormalizedString();
  return (value) => parseAddress(value)?.toNormalizedString() === wantedBytes;
}

function networkTest(wanted: string, text: string): (value: string) => boolean {
  const [base = '', prefix = ''] = wanted.split('/');
  const network = parseAddress(base);
  const bits = Number(prefix);
  if (network === undefined || bits > network.toByteArray().length * 8) {
    throw new RttsharkError('usage', `"${wanted}" in "${text}" is not a network.`, {
      hint: 'Write an address and the length of its prefix: at most /32 for IPv4, as in 10.0.0.0/8, and /128 for IPv6.',
    });
  }
  return (value) => {
    const address = parseAddress(value);
    return address !== undefined && isInside(address, network, bits);
  };
}

function isInside(address: Address, network: Address, bits: number): boolean {
  if (address instanceof ipaddr.IPv4) return network instanceof ipaddr.IPv4 && address.match(network, bits);
  return network instanceof ipaddr.IPv6 && address.match(network, bits);
}

function unknownLabel(matcher: LabelMatcher, known: readonly string[]): never {
  const near = nearestNames(matcher.label, known);
  const all = known.length === 0 ? 'The groups have no labels.' : `The labels are: ${known.join(', ')}.`;
  throw new RttsharkError('usage', `There is no label "${matcher.label}" (in "${matcher.text}").`, {
    hint: near.length === 0 ? all : `Did you mean ${near.join(' or ')}? ${all}`,
  });
}
