/** YAML with the line of everything in it, so that a mistake can be pointed at. Values are never quoted: they can be secrets. */

import { LineCounter, isAlias, isMap, isScalar, isSeq, parseDocument, type Document, type Node } from 'yaml';
import { RttsharkError } from '../errors.ts';

/** What a mistake is reported with. */
export type Complain = (what: string, hint?: string) => RttsharkError;

/** One value, with where it stands. */
export interface YamlValue {
  readonly complain: Complain;
  /** Nothing for an empty value. @throws RttsharkError `usage` where it is no mapping */
  entries(): YamlEntry[];
  /** Nothing for an empty value. @throws RttsharkError `usage` where it is no list of texts */
  texts(): string[];
  /** Empty for an empty value. @throws RttsharkError `usage` where it is no text */
  text(): string;
  /** Undefined for an empty value. @throws RttsharkError `usage` where it is neither true nor false */
  flag(): boolean | undefined;
}

export interface YamlEntry {
  readonly key: string;
  readonly value: YamlValue;
  /** Points at the key. */
  readonly complain: Complain;
}

/**
 * Parses a YAML text.
 *
 * @param file - its name, for messages
 * @throws RttsharkError `usage` with the line of the first mistake
 */
export function parseYaml(text: string, file: string): YamlValue {
  const lines = new LineCounter();
  // Booleans such as "no" are taken as Go's YAML takes them.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, version: '1.1' });
  const at = (offset: number): Complain => complainAt(file, lines.linePos(offset).line);
  const [error] = document.errors;
  if (error !== undefined) {
    // Not the parser's own words, which can repeat what stands there.
    throw at(error.pos[0])(errorWords[error.code] ?? `is no valid YAML (${error.code}).`);
  }
  return valueOf(document.contents, document, at, at(0));
}

const errorWords: Partial<Record<string, string>> = {
  DUPLICATE_KEY: 'the key stands here for the second time.',
  TAB_AS_INDENT: 'indented with a tab, which YAML does not allow.',
  BAD_INDENT: 'indented wrongly.',
  MISSING_CHAR: 'a quote, bracket or colon is missing.',
  MULTIPLE_DOCS: 'a second document begins.',
};

function complainAt(file: string, line: number): Complain {
  return (what, hint) =>
    new RttsharkError('usage', `The web config file "${file}", line ${line}: ${what}`, { hint });
}

function valueOf(
  given: Node | null | undefined,
  document: Document,
  at: (offset: number) => Complain,
  outer: Complain,
): YamlValue {
  const node = isAlias(given) ? given.resolve(document) : given;
  const offset = given?.range?.[0];
  const complain = offset === undefined ? outer : at(offset);
  const empty = node === null || node === undefined || (isScalar(node) && node.value === null);
  const text = (): string => {
    if (empty) return '';
    if (!isScalar(node) || typeof node.value !== 'string') throw complain('a text is expected; quote it.');
    return node.value;
  };
  return {
    complain,
    text,
    entries: () => {
      if (empty) return [];
      if (!isMap<unknown, Node | null>(node)) throw complain('"key: value" lines are expected.');
      return node.items.map(({ key, value }) => {
        if (!isScalar(key)) throw complain('a key must be a text.');
        const keyed = key.range ? at(key.range[0]) : complain;
        const name = typeof key.value === 'string' ? key.value : (key.source ?? String(key.value));
        return { key: name, complain: keyed, value: valueOf(value, document, at, keyed) };
      });
    },
    texts: () => {
      if (empty) return [];
      if (!isSeq<Node | null>(node)) throw complain('a list is expected, as in [a, b].');
      return node.items.map((item) => valueOf(item, document, at, complain).text());
    },
    flag: () => {
      if (empty) return undefined;
      if (!isScalar(node) || typeof node.value !== 'boolean') throw complain('true or false is expected.');
      return node.value;
    },
  };
}
