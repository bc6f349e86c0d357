import type { MetricFamily } from './metric-family.ts';

/**
 * What a family is called, and of which type it is, in the formats that know no info and no state set, and call
 * a family as its samples are called: text 0.0.4 and protobuf.
 */
export function textName({ name, type }: MetricFamily): {
  name: string;
  type: 'counter' | 'gauge' | 'histogram' | 'summary';
} {
  switch (type) {
    case 'counter':
      return { name: `${name}_total`, type };
    case 'info':
      return { name: `${name}_info`, type: 'gauge' };
    case 'stateset':
      return { name, type: 'gauge' };
    default:
      return { name, type };
  }
}
