import { escapeUnquoted } from './label-text.ts';
import type { MetricFamily } from './metric-family.ts';
import { textName } from './text-name.ts';
import { valueText } from './number-text.ts';
import { writeFamilies, type Manner } from './write-families.ts';

/** Prometheus' text format 0.0.4. */
export const textManner: Manner = {
  header(family) {
    const { name, type } = textName(family);
    return `# HELP ${name} ${escapeUnquoted(family.help)}\n# TYPE ${name} ${type}\n`;
  },
  boundText: valueText,
  hidesNegativeSums: false,
  showsExemplars: false,
  between: '',
  end: '',
};

/**
 * Prometheus' text format 0.0.4, in chunks of some 64 KiB. It knows no info and no state set: they become gauges.
 */
export function textExposition(families: Iterable<MetricFamily>): Generator<string> {
  return writeFamilies(families, textManner);
}
