import { escapeQuoted } from './label-text.ts';
import type { MetricFamily } from './metric-family.ts';
import { canonicalFloat } from './number-text.ts';
import { writeFamilies, type Manner } from './write-families.ts';

const openMetricsManner: Manner = {
  header(family) {
    const { name, type, help } = family;
    return `# HELP ${name} ${escapeQuoted(help)}\n# TYPE ${name} ${type}\n${unitLine(family)}`;
  },
  boundText: canonicalFloat,
  hidesNegativeSums: true,
  showsExemplars: true,
  between: '',
  end: '# EOF\n',
};

/** OpenMetrics 1.0.0, in chunks of some 64 KiB; the last one ends in `# EOF`. */
export function openMetricsExposition(families: Iterable<MetricFamily>): Generator<string> {
  return writeFamilies(families, openMetricsManner);
}

/** A unit must be the end of the name, and facts and states have none. */
function unitLine({ name, type, unit }: MetricFamily): string {
  const hasOne = unit !== undefined && name.endsWith(`_${unit}`) && type !== 'info' && type !== 'stateset';
  return hasOne ? `# UNIT ${name} ${unit}\n` : '';
}
