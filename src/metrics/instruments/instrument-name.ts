import { RttsharkError } from '../../errors.ts';
import type { MetricFamily } from '../metric-family.ts';
import { checkPlainLabelName, checkMetricName } from '../names.ts';
import { isWellFormed } from './label-values.ts';

/** The endings that samples of a type have beside those without one; those of OpenMetrics included. */
const endings: Readonly<Record<MetricFamily['type'], readonly string[]>> = {
  counter: ['_total', '_created'],
  gauge: [],
  histogram: ['_bucket', '_sum', '_count', '_created'],
  summary: ['_sum', '_count', '_created'],
  info: ['_info'],
  stateset: [],
};

/** What a type keeps for its own labels. */
const reservedLabels: Readonly<Partial<Record<MetricFamily['type'], string>>> = {
  histogram: 'le',
  summary: 'quantile',
};

/** A family's name from the one that a metric was given, which may or may not have the ending of its type. */
export function bareName(type: MetricFamily['type'], name: string): string {
  const ending = { counter: '_total', info: '_info' }[type as string];
  return ending !== undefined && name.endsWith(ending) ? name.slice(0, -ending.length) : name;
}

/**
 * The name of a metric's family: without the ending of its type, and with the unit behind it.
 *
 * @throws RttsharkError `usage` for what Prometheus takes for no name
 */
export function familyName(type: MetricFamily['type'], name: string, unit: string | undefined): string {
  const bare = bareName(type, name);
  const full = unit === undefined || bare.endsWith(`_${unit}`) ? bare : `${bare}_${unit}`;
  if (bare === '' && name !== '') {
    throw new RttsharkError('usage', `"${name}" is no metric name, but the end of one.`);
  }
  checkMetricName(bare === '' ? '' : full);
  if (type === 'stateset' && !/^(?!__)[^:]*$/.test(full)) {
    throw new RttsharkError('usage', `An enum cannot be called "${full}".`, {
      hint: 'Its states are in a label of the same name, which has no ":" and does not begin with "__".',
    });
  }
  return full;
}

/** Every name that a family's samples can have in one of the formats, and its own. */
export function claimedNames(type: MetricFamily['type'], name: string): string[] {
  return [name, ...endings[type].map((ending) => `${name}${ending}`)];
}

/** @throws RttsharkError `usage` for names that are none, reserved or given twice */
export function checkLabelNames(
  type: MetricFamily['type'],
  metric: string,
  labelNames: readonly string[],
): void {
  const reserved = reservedLabels[type] ?? (type === 'stateset' ? metric : undefined);
  for (const [i, name] of labelNames.entries()) {
    checkPlainLabelName(name);
    if (name === reserved) {
      throw new RttsharkError('usage', `The label name "${name}" of "${metric}" is reserved for a ${type}.`);
    }
    if (labelNames.indexOf(name) !== i) {
      throw new RttsharkError('usage', `"${metric}" has the label "${name}" twice.`);
    }
  }
}

/** @throws RttsharkError `usage` for text that is not valid Unicode */
export function checkHelp(metric: string, help: string): void {
  if (typeof help === 'string' && isWellFormed(help)) return;
  throw new RttsharkError('usage', `The help of "${metric}" is no text, or not valid Unicode.`);
}
