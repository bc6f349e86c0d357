const line =
  /^([a-zA-Z_:][\w:]*)(?:\{((?:[a-zA-Z_]\w*="(?:[^"\\]|\\[^])*",?)*)\})? (\S+)(?: # \{([^]*)\} (\S+) \S+)?$/;
const label = /([a-zA-Z_]\w*)="((?:[^"\\]|\\[^])*)"/g;

/**
 * An exposition in a form in which clients that write the same agree, whatever their manners: labels in the order of
 * their names, numbers in one notation, the sum before the count. Quantiles, which Python's client has not, and the
 * time of exemplars are left out. All other bytes stay.
 *
 * @param plainBounds - the text format lets a bound be written as any number: `1.0` for `1`
 */
export function levelledText(text: string, plainBounds: boolean): string[] {
  const levelled: string[] = [];
  let type = '';
  for (const written of text.split('\n')) {
    if (written.startsWith('# TYPE ')) type = written.split(' ').at(-1) ?? '';
    if (written === '') continue;
    if (written.startsWith('#')) {
      levelled.push(written);
      continue;
    }
    const [, name = '', labels = '', value = '', exemplar, exemplarValue = ''] = line.exec(written) ?? [];
    if (name === '') throw new Error(`No sample: ${written}`);
    const pairs = pairsOf(labels, plainBounds && type === 'histogram');
    if (type === 'summary' && pairs.some((pair) => pair.startsWith('quantile='))) continue;
    const behind =
      exemplar === undefined ? '' : ` # {${pairsOf(exemplar, false).join(',')}} ${numberText(exemplarValue)}`;
    const series = `{${pairs.join(',')}}`;
    const sample = `${name}${series} ${numberText(value)}${behind}`;
    // Python writes the count first.
    const count = `${name.replace(/_sum$/, '_count')}${series} `;
    const swaps = name.endsWith('_sum') && (levelled.at(-1) ?? '').startsWith(count);
    levelled.splice(swaps ? -1 : levelled.length, 0, sample);
  }
  return levelled;
}

function pairsOf(labels: string, plainBounds: boolean): string[] {
  return Array.from(labels.matchAll(label), ([, name = '', value = '']) => {
    return `${name}="${plainBounds && name === 'le' ? numberText(value) : value}"`;
  }).sort();
}

function numberText(value: string): string {
  const named: Readonly<Record<string, number>> = { '+Inf': Infinity, '-Inf': -Infinity, NaN, Nan: NaN };
  const number = named[value] ?? Number(value);
  if (Number.isNaN(number) && !/^nan$/i.test(value)) throw new Error(`No number: ${value}`);
  return String(number);
}
