import { RttsharkError } from '../errors.ts';
import { nearestNames } from '../nearest.ts';
import { tcpAckRtt, type Measurement } from './measurement.ts';
import { checkField, parseFieldUnit } from './parse-measurement.ts';
import { presets } from './presets.ts';

/** What is measured where nothing else is asked for. */
export const defaultMeasurements: readonly Measurement[] = [tcpAckRtt];

/**
 * The measurements of a comma-separated list. Each is the short or whole name of a preset (`dns`, `dns_time`), the name
 * of one that was declared, or a field of tshark's, with a name of its own and its unit where they are given:
 * `login=ldap.time`, `foo.delay:ms`.
 *
 * @param declared - by whoever asks, before presets of the same name
 * @throws RttsharkError `usage` for what is not known, an empty list, and two of one name
 */
export function parseMeasure(list: string, declared: readonly Measurement[] = []): readonly Measurement[] {
  return checkMeasurements(list.split(',').map((word) => measurementOf(word.trim(), declared)));
}

/**
 * The same measurements, which can be told apart.
 *
 * @throws RttsharkError `usage` where there are none, or two have one name
 */
export function checkMeasurements(measurements: readonly Measurement[]): readonly Measurement[] {
  if (measurements.length === 0) throw new RttsharkError('usage', 'There is nothing to measure.');
  const names = measurements.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice === undefined) return measurements;
  throw new RttsharkError('usage', `"${twice}" is measured twice.`);
}

function measurementOf(word: string, declared: readonly Measurement[]): Measurement {
  const known =
    declared.find(({ name }) => name === word) ??
    presets.find(({ preset, name }) => preset === word || name === word);
  if (known !== undefined) return known;
  const [, ownName, field, unit] = /^(?:([A-Za-z_]\w*)=)?([\w.-]+\.[\w-]+)(?::(\w+))?$/.exec(word) ?? [];
  if (field === undefined) throw unknownMeasurement(word, declared);
  checkField(field);
  return {
    name: ownName ?? field.replace(/[.-]/g, '_'),
    field,
    unit: 'seconds',
    title: field,
    ...(unit === undefined ? {} : { fieldUnit: parseFieldUnit(unit) }),
  };
}

function unknownMeasurement(word: string, declared: readonly Measurement[]): RttsharkError {
  const names = [...declared.map(({ name }) => name), ...presets.map(({ preset }) => preset)];
  const near = nearestNames(word, names, 1).map((other) => `Did you mean "${other}"? `);
  return new RttsharkError('usage', `There is no measurement "${word}".`, {
    hint: `${near.join('')}"rttshark measurements" lists them; any field of tshark's with a duration is one too, as in dns.time or foo.delay:ms.`,
  });
}
