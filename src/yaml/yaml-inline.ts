/** A text, boolean or list of texts as a YAML value on one line; a text is quoted unless it surely need not be. */
export function yamlInline(value: string | boolean | readonly string[]): string {
  if (typeof value === 'boolean') return String(value);
  return typeof value === 'string' ? quoted(value) : `[${value.map(quoted).join(', ')}]`;
}

function quoted(text: string): string {
  const isPlain = /^(?:[a-z/][\w./=%+@-]*(?:::?[\w./=%+@-]+)*|\d+(?:ns|us|ms|s|min|h|d|%|MB|MiB))$/i.test(
    text,
  );
  return isPlain && !/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(text) ? text : JSON.stringify(text);
}
