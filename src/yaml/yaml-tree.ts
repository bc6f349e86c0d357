/** YAML as a tree in which everything has its place, so that a mistake can be pointed at. */

import { LineCounter, isAlias, isMap, isScalar, isSeq, parseDocument, type Document, type Node } from 'yaml';

/** Where something stands; both count from one. */
export interface YamlPlace {
  readonly line: number;
  readonly column: number;
}

/** What is wrong with a text, in words that repeat nothing of it: it can hold secrets. */
export interface YamlMistake extends YamlPlace {
  readonly what: string;
}

export type YamlNode = YamlScalar | YamlMap | YamlList | YamlAlias;

export interface YamlScalar {
  readonly kind: 'scalar';
  readonly place: YamlPlace;
  /** Null for an empty value; text, number and boolean as the version of YAML has them. */
  readonly value: unknown;
  /** As it is written, without quotes: `1e3` for a thousand. */
  readonly source: string;
}

export interface YamlMap {
  readonly kind: 'map';
  readonly place: YamlPlace;
  readonly entries: readonly YamlTreeEntry[];
}

export interface YamlTreeEntry {
  /** Null where it is no text, number or the like. */
  readonly key: string | null;
  readonly place: YamlPlace;
  readonly value: YamlNode;
}

export interface YamlList {
  readonly kind: 'list';
  readonly place: YamlPlace;
  readonly items: readonly YamlNode[];
}

/** The name of something that stands elsewhere. It is only followed where it is asked for: it can lead in a circle. */
export interface YamlAlias {
  readonly kind: 'alias';
  readonly place: YamlPlace;
  target(): YamlNode;
}

export interface YamlTree {
  /** What could be read; not to be relied on where there are mistakes. */
  readonly root: YamlNode;
  /** In the order of the text. */
  readonly mistakes: readonly YamlMistake[];
}

/**
 * Parses a YAML text of one document.
 *
 * @param version - `1.2`, or `1.1`, where `no` and `on` are booleans too
 */
export function parseYamlTree(text: string, version: '1.1' | '1.2'): YamlTree {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, version });
  const placeAt = (offset: number): YamlPlace => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  // A warning is about a tag that means nothing here.
  const mistakes = [...document.errors, ...document.warnings]
    .sort((a, b) => a.pos[0] - b.pos[0])
    .map(({ pos, code }) => ({ ...placeAt(pos[0]), what: words[code] ?? `is no valid YAML (${code}).` }));
  return { root: nodeOf(document.contents, { document, placeAt }, placeAt(0)), mistakes };
}

/** Not the parser's own words, which can repeat what stands there. */
const words: Partial<Record<string, string>> = {
  DUPLICATE_KEY: 'the key stands here for the second time.',
  TAB_AS_INDENT: 'indented with a tab, which YAML does not allow.',
  BAD_INDENT: 'indented wrongly.',
  MISSING_CHAR: 'a quote, bracket or colon is missing.',
  MULTIPLE_DOCS: 'a second document begins.',
};

interface Surroundings {
  readonly document: Document;
  readonly placeAt: (offset: number) => YamlPlace;
}

function nodeOf(node: Node | null | undefined, around: Surroundings, outer: YamlPlace): YamlNode {
  const place = node?.range ? around.placeAt(node.range[0]) : outer;
  if (isAlias(node)) {
    return { kind: 'alias', place, target: () => nodeOf(node.resolve(around.document), around, place) };
  }
  if (isMap<unknown, Node | null>(node)) {
    const entries = node.items.map(({ key, value }) => {
      const keyed = isScalar(key) && key.range ? around.placeAt(key.range[0]) : place;
      return { key: keyOf(key), place: keyed, value: nodeOf(value, around, keyed) };
    });
    return { kind: 'map', place, entries };
  }
  if (isSeq<Node | null>(node)) {
    return { kind: 'list', place, items: node.items.map((item) => nodeOf(item, around, place)) };
  }
  if (isScalar(node)) {
    const source = typeof node.value === 'string' ? node.value : (node.source ?? String(node.value));
    return { kind: 'scalar', place, value: node.value, source };
  }
  return { kind: 'scalar', place, value: null, source: '' };
}

function keyOf(key: unknown): string | null {
  if (!isScalar(key)) return null;
  return typeof key.value === 'string' ? key.value : (key.source ?? String(key.value));
}

/** What a node holds, without places; an alias is null. */
export function plainValue(node: YamlNode): unknown {
  switch (node.kind) {
    case 'scalar':
      return node.value;
    case 'list':
      return node.items.map(plainValue);
    case 'map':
      return Object.fromEntries(node.entries.map(({ key, value }) => [key ?? '', plainValue(value)]));
    case 'alias':
      return null;
  }
}
