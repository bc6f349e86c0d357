/**
 * The path of a Pushgateway's URL that names one group of metrics: `/metrics/job/JOB/NAME/VALUE…`.
 */

import { RttsharkError } from '../errors.ts';

const labelName = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/**
 * The URL path of a group, to be appended to the gateway's own address.
 *
 * Values are percent-encoded. An empty value becomes `NAME@base64/=`; a value with a `/` in it becomes URL-safe
 * base64 with padding, as Pushgateway documents and Python's client does. Two cases differ from Python's client,
 * because what it sends there does not arrive: a space is `%20` (the gateway reads Python's `+` as a plus sign),
 * and the values `.` and `..` are base64 (URL parsers and the gateway drop such path segments).
 *
 * @param job - the value of the label `job`; any text but the empty one
 * @param grouping - further labels of the group, in any order: the path has them sorted by name
 * @throws RttsharkError `usage` for an empty job, a label name that is not valid, or text that is not valid Unicode
 */
export function groupingKeyPath(job: string, grouping: Readonly<Record<string, string>> = {}): string {
  if (job === '') {
    throw new RttsharkError('usage', 'The job of a push is empty.', { hint: 'Name the job.' });
  }
  const names = Object.keys(grouping).sort();
  names.forEach(refuseWrongName);
  const labels = names.map((name) => segment(name, grouping[name] ?? ''));
  return ['/metrics', segment('job', job), ...labels].join('');
}

function segment(name: string, value: string): string {
  const escaped = percentEncoded(name, value);
  if (value === '') return `/${name}@base64/=`;
  if (value === '.' || value === '..' || value.includes('/')) return `/${name}@base64/${base64(value)}`;
  return `/${name}/${escaped}`;
}

function percentEncoded(name: string, value: string): string {
  try {
    return encodeURIComponent(value).replace(
      /[!'()*]/g,
      (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
    );
  } catch {
    throw new RttsharkError('usage', `The value of the grouping label "${name}" is not valid Unicode.`, {
      hint: 'It holds half of a surrogate pair.',
    });
  }
}

function base64(value: string): string {
  return Buffer.from(value, 'utf8').toString('base64').replaceAll('+', '-').replaceAll('/', '_');
}

function refuseWrongName(name: string): void {
  if (name === 'job') {
    throw new RttsharkError('usage', 'The grouping label "job" is set twice.', {
      hint: 'The job has an option of its own; leave it out of the grouping labels.',
    });
  }
  if (!labelName.test(name)) {
    throw new RttsharkError('usage', `"${name}" is not a valid name for a grouping label.`, {
      hint: 'A label name has letters, digits and underscores, and does not begin with a digit.',
    });
  }
  if (name.startsWith('__')) {
    throw new RttsharkError('usage', `The grouping label "${name}" begins with two underscores.`, {
      hint: 'Prometheus keeps such names for itself.',
    });
  }
}
