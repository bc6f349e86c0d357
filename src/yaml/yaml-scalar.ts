import { stringify } from 'yaml';

/** A text, number, boolean or list of texts as a YAML value on one line; a text is quoted where it needs to be. */
export function yamlInline(value: unknown): string {
  return stringify(value, {
    version: '1.2',
    collectionStyle: 'flow',
    lineWidth: 0,
    defaultStringType: 'PLAIN',
  }).trimEnd();
}
