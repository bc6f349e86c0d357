import type { FieldUnit } from './measurement.ts';

const decimalPlaces: Readonly<Record<FieldUnit, number>> = {
  seconds: 0,
  milliseconds: 3,
  microseconds: 6,
  nanoseconds: 9,
};

/**
 * The seconds that a number of tshark's stands for: the double nearest to the decimal fraction, which dividing what has
 * been rounded once would miss now and then.
 *
 * @returns null for what is no finite number
 */
export function fieldSeconds(text: string, unit: FieldUnit): number | null {
  const [, digits, exponent = '0'] = /^\s*([+-]?(?:\d+\.?\d*|\.\d+))(?:e([+-]?\d+))?\s*$/i.exec(text) ?? [];
  if (digits === undefined) return null;
  const seconds = Number(`${digits}e${Number(exponent) - decimalPlaces[unit]}`);
  return Number.isFinite(seconds) ? seconds : null;
}
