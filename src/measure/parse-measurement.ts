import { RttsharkError } from '../errors.ts';
import { nearestNames } from '../nearest.ts';
import { parseDuration } from './duration.ts';
import { checkLabels, labelSources, type LabelOrigin } from './labels.ts';
import { metricTypes, type FieldUnit, type Measurement, type MetricType } from './measurement.ts';

/** A measurement as it is written in a configuration file. */
export interface MeasurementDeclaration {
  /** Letters, digits and `_`; it is part of the metric's name. */
  readonly name: string;
  /** The tshark field that holds the value. */
  readonly field: string;
  /** What the field counts: `s` (seconds, the default), `ms`, `us` or `ns`. */
  readonly unit?: string | undefined;
  /** What it is, as a phrase; the field's name by default. */
  readonly title?: string | undefined;
  /** A display filter that packets must pass too. */
  readonly filter?: string | undefined;
  /** Only the first value of each TCP connection. */
  readonly once_per_connection?: boolean | undefined;
  /** By the label's name: a label of `--by` (`dns_name`), a field (`dns.qry.type`), or `{ constant: TEXT }`. */
  readonly labels?: Readonly<Record<string, string | { readonly constant: string }>> | undefined;
  /** Upper bounds: numbers of seconds, or durations as in `5ms`; ascending. */
  readonly buckets?: readonly (number | string)[] | undefined;
  /** What the samples become: a `histogram`, the default, or a `summary`, which has no buckets. */
  readonly metric?: string | undefined;
}

/** The keys of a declaration. */
export const declarationKeys = [
  'name',
  'field',
  'unit',
  'title',
  'filter',
  'once_per_connection',
  'labels',
  'buckets',
  'metric',
] as const satisfies readonly (keyof MeasurementDeclaration)[];

/** What a field can count, as it is written. */
export const fieldUnits: Readonly<Record<string, FieldUnit>> = {
  s: 'seconds',
  ms: 'milliseconds',
  us: 'microseconds',
  ns: 'nanoseconds',
  seconds: 'seconds',
  milliseconds: 'milliseconds',
  microseconds: 'microseconds',
  nanoseconds: 'nanoseconds',
};

/** What is wrong with a declaration, and where in it. */
export class DeclarationError extends RttsharkError {
  /** Keys from the declaration inwards, as in `['labels', 'kind']`; none for the declaration itself. */
  readonly path: readonly string[];

  constructor(path: readonly string[], what: string, hint?: string) {
    super(
      'usage',
      path.length === 0 ? `A measurement ${what}.` : `A measurement's "${path.join('.')}" ${what}.`,
      {
        hint,
      },
    );
    this.path = path;
  }
}

/**
 * Reads the declaration of a measurement: pure, with everything checked but whether tshark knows the field.
 *
 * @param declaration - as a parser of YAML or JSON gives it
 * @throws DeclarationError (an RttsharkError `usage`), whose `path` tells where in the declaration it goes wrong
 */
export function parseMeasurement(declaration: unknown): Measurement {
  if (!isRecord(declaration)) throw new DeclarationError([], 'is not a map of name, field and others');
  refuseUnknownKeys(declaration);
  const name = textOf(declaration, 'name');
  if (name === undefined) throw new DeclarationError(['name'], 'is missing');
  if (!/^[A-Za-z_]\w*$/.test(name)) {
    throw new DeclarationError(['name'], `is "${name}", not letters, digits and "_"`);
  }
  const field = textOf(declaration, 'field');
  if (field === undefined) throw new DeclarationError(['field'], 'is missing');
  checkField(field);
  const unit = textOf(declaration, 'unit');
  const once = declaration['once_per_connection'];
  if (once !== undefined && typeof once !== 'boolean') {
    throw new DeclarationError(['once_per_connection'], 'is neither true nor false');
  }
  return {
    name,
    field,
    unit: 'seconds',
    title: textOf(declaration, 'title') ?? field,
    ...(unit === undefined ? {} : { fieldUnit: parseFieldUnit(unit) }),
    ...defined('filter', textOf(declaration, 'filter')),
    ...defined('oncePerConnection', once),
    ...defined('labels', labelsOf(declaration['labels'])),
    ...bucketsAndMetricOf(declaration),
  };
}

/** @throws DeclarationError for a unit that is not known */
export function parseFieldUnit(unit: string): FieldUnit {
  if (Object.hasOwn(fieldUnits, unit)) return fieldUnits[unit] ?? 'seconds';
  throw new DeclarationError(
    ['unit'],
    `is "${unit}", which is no unit of time`,
    'Known are s, ms, us and ns.',
  );
}

/** @throws DeclarationError for what cannot be a field */
export function checkField(field: string): void {
  if (/^[A-Za-z_][\w-]*(?:\.[\w-]+)+$/.test(field)) return;
  throw new DeclarationError(
    ['field'],
    `is "${field}", which is no field of tshark's`,
    'A field is named as in dns.time.',
  );
}

function labelsOf(labels: unknown): Record<string, LabelOrigin> | undefined {
  if (labels === undefined || labels === null) return undefined;
  if (!isRecord(labels)) throw new DeclarationError(['labels'], 'is not a map of labels');
  return Object.fromEntries(
    Object.entries(labels).map(([label, origin]) => [label, originOf(label, origin)]),
  );
}

function originOf(label: string, origin: unknown): LabelOrigin {
  const path = ['labels', label];
  if (!/^[A-Za-z_]\w*$/.test(label)) throw new DeclarationError(path, 'is no name of a label');
  if (isRecord(origin) && typeof origin['constant'] === 'string' && Object.keys(origin).length === 1) {
    return { constant: origin['constant'] };
  }
  if (typeof origin !== 'string') {
    throw new DeclarationError(path, 'is neither a label, nor a field, nor { constant: TEXT }');
  }
  try {
    const [source] = labelSources(checkLabels([origin]), false);
    if (source !== undefined && !origin.includes('=')) return source.source;
  } catch (error) {
    if (!(error instanceof RttsharkError)) throw error;
    throw new DeclarationError(path, `is "${origin}", which is neither a label nor a field`, error.hint);
  }
  throw new DeclarationError(path, `is "${origin}", which is neither a label nor a field`);
}

function bucketsAndMetricOf(declaration: Record<string, unknown>): Pick<Measurement, 'buckets' | 'metric'> {
  const buckets = bucketsOf(declaration['buckets']);
  const metric = metricOf(textOf(declaration, 'metric'));
  if (metric === 'summary' && buckets !== undefined) {
    throw new DeclarationError(['buckets'], 'is of no use: a summary has quantiles in their place');
  }
  return { ...defined('buckets', buckets), ...defined('metric', metric) };
}

function metricOf(metric: string | undefined): MetricType | undefined {
  if (metric === undefined || isMetricType(metric)) return metric;
  throw new DeclarationError(
    ['metric'],
    `is "${metric}", which is no type`,
    `It is ${metricTypes.join(' or ')}.`,
  );
}

function isMetricType(metric: string): metric is MetricType {
  return (metricTypes as readonly string[]).includes(metric);
}

function bucketsOf(buckets: unknown): number[] | undefined {
  if (buckets === undefined || buckets === null) return undefined;
  if (!Array.isArray(buckets) || buckets.length === 0)
    throw new DeclarationError(['buckets'], 'is not a list of bounds');
  return buckets.map((bound: unknown, i) => {
    const path = ['buckets', `${i}`];
    if (typeof bound !== 'number' && typeof bound !== 'string') {
      throw new DeclarationError(path, 'is neither a number nor a duration');
    }
    const seconds = typeof bound === 'number' ? bound : durationAt(path, bound);
    const before: unknown = i === 0 ? undefined : buckets[i - 1];
    if (!Number.isFinite(seconds)) throw new DeclarationError(path, 'is no finite number');
    if (before !== undefined && seconds <= secondsOf(before)) {
      throw new DeclarationError(path, 'is not larger than the one before');
    }
    return seconds;
  });
}

function secondsOf(bound: unknown): number {
  return typeof bound === 'string' ? parseDuration(bound) : Number(bound);
}

function durationAt(path: readonly string[], text: string): number {
  try {
    return parseDuration(text);
  } catch (error) {
    if (!(error instanceof RttsharkError)) throw error;
    throw new DeclarationError(path, `is "${text}", which is no duration`, error.hint);
  }
}

function refuseUnknownKeys(declaration: Record<string, unknown>): void {
  for (const key of Object.keys(declaration)) {
    if ((declarationKeys as readonly string[]).includes(key)) continue;
    const near = nearestNames(key, declarationKeys, 1).map((other) => `Did you mean "${other}"? `);
    throw new DeclarationError(
      [key],
      'is not known',
      `${near.join('')}Known are ${declarationKeys.join(', ')}.`,
    );
  }
}

function textOf(declaration: Record<string, unknown>, key: string): string | undefined {
  const value = declaration[key];
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string' && value.trim() !== '') return value.trim();
  throw new DeclarationError([key], 'is not a text');
}

/** An absent value leaves its key out. */
function defined<K extends string, V>(key: K, value: V | undefined): Partial<Record<K, V>> {
  return (value === undefined ? {} : { [key]: value }) as Partial<Record<K, V>>;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
