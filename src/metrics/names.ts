import { RttsharkError } from '../errors.ts';

/** @throws RttsharkError `usage` for what Prometheus takes for no metric name */
export function checkMetricName(name: string): void {
  if (!/^[a-zA-Z_:][a-zA-Z0-9_:]*$/.test(name)) {
    throw new RttsharkError('usage', `"${name}" is no metric name.`, {
      hint: 'A metric name is made of letters, digits, "_" and ":", and does not begin with a digit.',
    });
  }
}

/** Labels that Prometheus or a histogram gives a meaning of its own. */
const reserved = new Set(['le', 'quantile', '__name__']);

/**
 * @param reservedNames - besides those that begin with `__`; those of histograms and summaries by default
 * @throws RttsharkError `usage` for what Prometheus takes for no label name, and for reserved ones
 */
export function checkLabelName(name: string, reservedNames: ReadonlySet<string> = reserved): void {
  if (!/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(name)) {
    throw new RttsharkError('usage', `"${name}" is no label name.`, {
      hint: 'A label name is made of letters, digits and "_", and does not begin with a digit.',
    });
  }
  if (name.startsWith('__') || reservedNames.has(name)) {
    throw new RttsharkError('usage', `The label name "${name}" is reserved.`);
  }
}

/** What to throw where a histogram would be called like another metric beside it. */
export function nameTaken(name: string): RttsharkError {
  return new RttsharkError('usage', `The metric name "${name}" is taken by what rttshark says of itself.`, {
    hint: 'Choose another name for the histogram, or leave those metrics out (--no-own-metrics).',
  });
}
