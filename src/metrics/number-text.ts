/** How the exposition formats write numbers. */

/** A sample's value: integers plain, the others with as many digits as tell them from their neighbours. */
export function valueText(value: number): string {
  if (Number.isFinite(value)) return String(value);
  if (Number.isNaN(value)) return 'NaN';
  return value > 0 ? '+Inf' : '-Inf';
}

/**
 * A number as a label value of OpenMetrics, which asks for one canonical form ("1.0", "1e-05", "1e+06"): what Go's
 * shortest `%g` gives, with ".0" behind an integer. Two programs that cut alike then have the same series.
 */
export function canonicalFloat(value: number): string {
  if (!Number.isFinite(value)) return valueText(value);
  const [mantissa = '', power = '0'] = value.toExponential().split('e');
  const exponent = Number(power);
  if (exponent < -4 || exponent >= 6) {
    const digits = String(Math.abs(exponent)).padStart(2, '0');
    return `${mantissa}e${exponent < 0 ? '-' : '+'}${digits}`;
  }
  const plain = Object.is(value, -0) ? '-0' : String(value);
  return plain.includes('.') ? plain : `${plain}.0`;
}
