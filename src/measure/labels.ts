import { RttsharkError } from '../errors.ts';
import { nearestNames } from '../nearest.ts';

/** What samples can be grouped by, beside any field of tshark's. */
export const labelNames = [
  'src',
  'dst',
  'src_port',
  'dst_port',
  'src_name',
  'dst_name',
  'stream',
  'interface',
  'dns_name',
  'http_host',
] as const;

export type KnownLabel = (typeof labelNames)[number];

/** A field of tshark's, as in `dns.qry.type`, with a name of its own for the label where one is given: `type=dns.qry.type`. */
export type FieldLabel = `${string}.${string}`;

export type LabelName = KnownLabel | FieldLabel;

/** Pairs of hosts. */
export const defaultLabels: readonly LabelName[] = ['src', 'dst'];

/** Where the values of a label come from. */
export type LabelOrigin = KnownLabel | { readonly field: string } | { readonly constant: string };

/** A label, and what its value is taken from: of the other end, where the pair is turned round. */
export interface LabelSource {
  readonly label: string;
  readonly source: LabelOrigin;
}

/** Where the values of labels come from. */
export function labelSources(labels: readonly LabelName[], swap: boolean): readonly LabelSource[] {
  return labels.map((name) => {
    if (!isKnownLabel(name)) return fieldLabel(name);
    return { label: name, source: swap ? (otherEnd[name] ?? name) : name };
  });
}

/** What the groups' labels are called. */
export function namesOfLabels(labels: readonly LabelName[]): string[] {
  return labelSources(labels, false).map(({ label }) => label);
}

const otherEnd: Readonly<Partial<Record<KnownLabel, KnownLabel>>> = {
  src: 'dst',
  dst: 'src',
  src_port: 'dst_port',
  dst_port: 'src_port',
  src_name: 'dst_name',
  dst_name: 'src_name',
};

/**
 * The labels of a comma-separated list; none for `none`.
 *
 * @throws RttsharkError `usage` for a name that is no label, twice the same, or an empty list
 */
export function parseLabels(list: string): readonly LabelName[] {
  if (list.trim() === 'none') return [];
  return checkLabels(list.split(',').map((name) => name.trim()));
}

/**
 * The same names, for certain labels.
 *
 * @throws RttsharkError `usage` for a name that is no label, or twice the same
 */
export function checkLabels(names: readonly string[]): readonly LabelName[] {
  for (const name of names) if (!isKnownLabel(name) && !isFieldLabel(name)) throw noLabel(name);
  const labels = names.filter((name) => isKnownLabel(name) || isFieldLabel(name));
  const called = namesOfLabels(labels);
  const twice = called.find((name, i) => called.indexOf(name) !== i);
  if (twice !== undefined) {
    throw new RttsharkError('usage', `Samples cannot be grouped by "${twice}" twice.`);
  }
  return labels;
}

function noLabel(name: string): RttsharkError {
  const near = nearestNames(name, labelNames, 1).map((other) => `Did you mean "${other}"? `);
  return new RttsharkError('usage', `Samples cannot be grouped by "${name}".`, {
    hint: `${near.join('')}Known are ${labelNames.join(', ')}, any field of tshark's as in dns.qry.type or type=dns.qry.type, and none for the total alone.`,
  });
}

function fieldLabel(name: FieldLabel): LabelSource {
  const [, label, field = ''] = fieldPattern.exec(name) ?? [];
  return { label: label ?? field.replace(/[.-]/g, '_'), source: { field } };
}

/** A label's name, and a field, which has a dot in its name. */
const fieldPattern = /^(?:([A-Za-z_]\w*)=)?([A-Za-z_][\w-]*(?:\.[\w-]+)+)$/;

function isFieldLabel(name: string): name is FieldLabel {
  return fieldPattern.test(name);
}

function isKnownLabel(name: string): name is KnownLabel {
  return (labelNames as readonly string[]).includes(name);
}
