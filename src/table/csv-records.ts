import { RttsharkError } from '../errors.ts';

/** One field of CSV: quoted, an empty one is empty text; not quoted, it is nothing. */
export interface CsvField {
  readonly text: string;
  readonly quoted: boolean;
}

/** The fields of a line, and the number of the line it begins on, from 1. */
export interface CsvRecord {
  readonly fields: readonly CsvField[];
  readonly line: number;
}

/**
 * The records of CSV by RFC 4180; lines end with `\n`, `\r\n` or the text. Throws RttsharkError `usage` for a quote that
 * does not end, and for anything but a delimiter or a line end behind one.
 */
export function* csvRecords(text: string, delimiter: string): Generator<CsvRecord, void, undefined> {
  let at = 0;
  let line = 1;
  while (at < text.length) {
    const fields: CsvField[] = [];
    const first = line;
    for (let more = true; more;) {
      const quoted = text[at] === '"';
      const end = quoted ? closingQuote(text, at + 1, line) : endOfPlain(text, at, delimiter);
      const content = quoted ? text.slice(at + 1, end).replaceAll('""', '"') : text.slice(at, end);
      fields.push({ text: content, quoted });
      if (quoted) line += content.split('\n').length - 1;
      at = quoted ? end + 1 : end;
      more = text[at] === delimiter;
      if (more) at += 1;
    }
    if (text[at] === '\r' && text[at + 1] === '\n') at += 1;
    if (at < text.length && text[at] !== '\n') throw broken(line, 'there is text behind a closing quote');
    at += 1;
    line += 1;
    yield { fields, line: first };
  }
}

function endOfPlain(text: string, start: number, delimiter: string): number {
  for (let at = start; at < text.length; at++) {
    const character = text[at];
    if (character === delimiter || character === '\n') return at;
    if (character === '\r' && text[at + 1] === '\n') return at;
  }
  return text.length;
}

function closingQuote(text: string, start: number, line: number): number {
  let at = text.indexOf('"', start);
  while (at >= 0 && text[at + 1] === '"') at = text.indexOf('"', at + 2);
  if (at < 0) throw broken(line, 'a quote does not end');
  return at;
}

function broken(line: number, why: string): RttsharkError {
  return new RttsharkError('usage', `Line ${line} of the CSV cannot be read: ${why}.`);
}
