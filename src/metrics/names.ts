import { RttsharkError } from '../errors.ts';

/** @throws RttsharkError `usage` for what Prometheus takes for no metric name */
export function checkMetricName(name: string): void {
  if (!/^[a-zA-Z_:][a-zA-Z0-9_:]*$/.test(name)) {
    throw new RttsharkError('usage', `"${name}" is no metric name.`, {
      hint: 'A metric name is made of letters, digits, "_" and ":", and does not begin with a digit.',
    });
  }
}

/** Labels that histograms and summaries give a meaning of its own. */
const ofBuckets = new Set(['le', 'quantile']);

/** @throws RttsharkError `usage` for what Prometheus takes for no label name, and for reserved ones */
export function checkLabelName(name: string): void {
  checkPlainLabelName(name);
  if (ofBuckets.has(name)) throw reserved(name);
}

/** As `checkLabelName`; takes the labels of histograms and summaries, of which other metrics can have one. */
export function checkPlainLabelName(name: string): void {
  if (!/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(name)) {
    throw new RttsharkError('usage', `"${name}" is no label name.`, {
      hint: 'A label name is made of letters, digits and "_", and does not begin with a digit.',
    });
  }
  if (name.startsWith('__')) throw reserved(name);
}

function reserved(name: string): RttsharkError {
  return new RttsharkError('usage', `The label name "${name}" is reserved.`);
}

/** What to throw where a histogram would be called like another metric beside it. */
export function nameTaken(name: string): RttsharkError {
  return new RttsharkError('usage', `The metric name "${name}" is taken by what rttshark says of itself.`, {
    hint: 'Choose another name for the histogram, or leave those metrics out (--no-own-metrics).',
  });
}
