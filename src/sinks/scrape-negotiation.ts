/** What a scrape asks for, from its headers. */

import type { ScrapeFormat } from './scrape-source.ts';

interface Range {
  /** In lower case. */
  readonly name: string;
  readonly parameters: ReadonlyMap<string, string>;
  /** From 0 (not wanted) to 1. */
  readonly quality: number;
}

interface Match {
  readonly format: ScrapeFormat;
  readonly quality: number;
  /** How exactly the range names the format, and where it stands. */
  readonly specificity: number;
  readonly position: number;
}

const offers = [
  { format: 'text', type: 'text/plain', versions: ['0.0.4'] },
  { format: 'openmetrics', type: 'application/openmetrics-text', versions: ['1.0.0', '0.0.1'] },
  { format: 'protobuf', type: 'application/vnd.google.protobuf', versions: [] },
] as const;

/**
 * The format that a client likes best.
 *
 * @param accept - the Accept header; formats that are not served are skipped
 * @param hasProtobuf - whether protobuf is served
 * @returns `text` where there is no header, or nothing in it that is served
 */
export function chooseFormat(accept: string | undefined, hasProtobuf = false): ScrapeFormat {
  const ranges = parseRanges(accept ?? '');
  const served = offers.filter(({ format }) => format !== 'protobuf' || hasProtobuf);
  const matches = served.flatMap((offer) => bestRange(offer, ranges) ?? []);
  matches.sort((a, b) => b.quality - a.quality || b.specificity - a.specificity || a.position - b.position);
  return matches.find(({ quality }) => quality > 0)?.format ?? 'text';
}

/**
 * Whether an answer may be compressed with gzip.
 *
 * @param acceptEncoding - the Accept-Encoding header
 */
export function acceptsGzip(acceptEncoding: string | undefined): boolean {
  const ranges = parseRanges(acceptEncoding ?? '');
  const named = ranges.find(({ name }) => name === 'gzip' || name === 'x-gzip');
  return ((named ?? ranges.find(({ name }) => name === '*'))?.quality ?? 0) > 0;
}

/** The range that decides about an offer: the most specific one, and of several such, the one liked best. */
function bestRange(offer: (typeof offers)[number], ranges: readonly Range[]): Match | undefined {
  const matches = ranges.flatMap((range, position): Match[] => {
    const specificity = specificityOf(offer, range);
    return specificity === undefined
      ? []
      : [{ format: offer.format, quality: range.quality, specificity, position }];
  });
  matches.sort((a, b) => b.specificity - a.specificity || b.quality - a.quality);
  return matches[0];
}

function specificityOf(offer: (typeof offers)[number], range: Range): number | undefined {
  if (range.name === '*/*') return 0;
  if (range.name === `${offer.type.split('/')[0] ?? ''}/*`) return 1;
  if (range.name !== offer.type) return undefined;
  if (offer.format === 'protobuf') return isDelimitedFamilies(range) ? 3 : undefined;
  const version = range.parameters.get('version');
  if (version === undefined) return 2;
  return offer.versions.some((known) => known === version) ? 3 : undefined;
}

/** Protobuf says nothing of what is in it: only this message, and only with lengths between, is served. */
function isDelimitedFamilies({ parameters }: Range): boolean {
  return (
    parameters.get('proto') === 'io.prometheus.client.MetricFamily' &&
    parameters.get('encoding') === 'delimited'
  );
}

function parseRanges(header: string): Range[] {
  return header
    .split(',')
    .map((item) => item.split(';').map((part) => part.trim()))
    .filter(([name]) => name !== undefined && name !== '')
    .map(([name = '', ...rest]) => {
      const parameters = new Map(rest.map(parseParameter));
      return { name: name.toLowerCase(), parameters, quality: parseQuality(parameters.get('q')) };
    });
}

function parseParameter(text: string): [name: string, value: string] {
  const [name = '', value = ''] = text.split('=', 2).map((part) => part.trim());
  return [name.toLowerCase(), value.replace(/^"(.*)"$/, '$1')];
}

function parseQuality(text: string | undefined): number {
  if (text === undefined) return 1;
  return /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/.test(text) ? Number(text) : 0;
}
