import { RttsharkError } from '../../errors.ts';
import type { MetricFamily } from '../metric-family.ts';
import { bareName, claimedNames } from './instrument-name.ts';

/** What a metric is called, and of which type it is: ours or prom-client's. */
export interface Named {
  readonly name: string;
  readonly type?: unknown;
  /** Of ours, which are more than prom-client knows. */
  readonly familyType?: MetricFamily['type'];
}

/**
 * Checks that no two metrics would write samples, or families, of the same name.
 *
 * @param metrics - those that a registry holds; the one to be added may be among them
 * @throws RttsharkError `usage` that names both
 */
export function checkUnclaimed(added: Named, metrics: Iterable<Named>): void {
  const wanted = new Set(namesOf(added));
  for (const other of metrics) {
    if (other === added) continue;
    const shared = namesOf(other).find((name) => wanted.has(name));
    if (shared === undefined) continue;
    throw new RttsharkError(
      'usage',
      `The metric "${added.name}" cannot be registered: "${shared}" is taken.`,
      {
        hint: `The registry has the ${typeOf(other)} "${other.name}". Choose another name, or another registry.`,
      },
    );
  }
}

function namesOf(metric: Named): string[] {
  const type = typeOf(metric);
  return claimedNames(type, bareName(type, metric.name));
}

const types = new Set<unknown>(['counter', 'histogram', 'summary']);

function typeOf({ type, familyType }: Named): MetricFamily['type'] {
  return familyType ?? (types.has(type) ? (type as MetricFamily['type']) : 'gauge');
}
