import { RttsharkError } from '../errors.ts';
import { nearestNames } from '../nearest.ts';

/** What samples can be grouped by. */
export const labelNames = ['src', 'dst', 'src_port', 'dst_port', 'stream', 'interface'] as const;

export type LabelName = (typeof labelNames)[number];

/** Pairs of hosts. */
export const defaultLabels: readonly LabelName[] = ['src', 'dst'];

/** A label, and the one whose value of the packet it takes: the other end's, where the pair is turned round. */
export interface LabelSource {
  readonly label: LabelName;
  readonly source: LabelName;
}

/** Where the values of labels come from. */
export function labelSources(labels: readonly LabelName[], swap: boolean): readonly LabelSource[] {
  return labels.map((label) => ({ label, source: swap ? otherEnd[label] : label }));
}

const otherEnd: Readonly<Record<LabelName, LabelName>> = {
  src: 'dst',
  dst: 'src',
  src_port: 'dst_port',
  dst_port: 'src_port',
  stream: 'stream',
  interface: 'interface',
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
  for (const [i, name] of names.entries()) {
    if (!isLabelName(name)) {
      const near = nearestNames(name, labelNames, 1).map((other) => `Did you mean "${other}"? `);
      throw new RttsharkError('usage', `Samples cannot be grouped by "${name}".`, {
        hint: `${near.join('')}Known are ${labelNames.join(', ')}, and none for the total alone.`,
      });
    }
    if (names.indexOf(name) !== i) {
      throw new RttsharkError('usage', `Samples cannot be grouped by "${name}" twice.`);
    }
  }
  return names.filter(isLabelName);
}

function isLabelName(name: string): name is LabelName {
  return (labelNames as readonly string[]).includes(name);
}
