import type { LabelSet } from './metric-family.ts';

/** Label names and values as they stand between the braces; both formats escape them alike. */
export function labelText(labels: LabelSet): string {
  let text = '';
  for (const name of Object.keys(labels)) {
    text += `${text === '' ? '' : ','}${name}="${escapeQuoted(labels[name] ?? '')}"`;
  }
  return text;
}

/** Backslashes, line ends and quotes, as in label values, and in the help of OpenMetrics. */
export function escapeQuoted(text: string): string {
  return /[\\\n"]/.test(text) ? escapeUnquoted(text).replaceAll('"', '\\"') : text;
}

/** Backslashes and line ends, as in the help of the text format. */
export function escapeUnquoted(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
}
