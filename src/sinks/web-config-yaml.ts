/** A web config file's YAML, as its readers ask for it. Values are never quoted: they can be secrets. */

import { RttsharkError } from '../errors.ts';
import { parseYamlTree, type YamlNode, type YamlPlace } from '../yaml/yaml-tree.ts';

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
  // Booleans such as "no" are taken as Go's YAML takes them.
  const { root, mistakes } = parseYamlTree(text, '1.1');
  const at = (place: YamlPlace): Complain => complainAt(file, place.line);
  const [mistake] = mistakes;
  if (mistake !== undefined) throw at(mistake)(mistake.what);
  return valueOf(root, at);
}

function complainAt(file: string, line: number): Complain {
  return (what, hint) =>
    new RttsharkError('usage', `The web config file "${file}", line ${line}: ${what}`, { hint });
}

function valueOf(given: YamlNode, at: (place: YamlPlace) => Complain): YamlValue {
  const node = given.kind === 'alias' ? given.target() : given;
  const complain = at(given.place);
  const empty = node.kind === 'scalar' && node.value === null;
  const text = (): string => {
    if (empty) return '';
    if (node.kind !== 'scalar' || typeof node.value !== 'string') {
      throw complain('a text is expected; quote it.');
    }
    return node.value;
  };
  return {
    complain,
    text,
    entries: () => {
      if (empty) return [];
      if (node.kind !== 'map') throw complain('"key: value" lines are expected.');
      return node.entries.map(({ key, place, value }) => {
        if (key === null) throw complain('a key must be a text.');
        return { key, complain: at(place), value: valueOf(value, at) };
      });
    },
    texts: () => {
      if (empty) return [];
      if (node.kind !== 'list') throw complain('a list is expected, as in [a, b].');
      return node.items.map((item) => valueOf(item, at).text());
    },
    flag: () => {
      if (empty) return undefined;
      if (node.kind !== 'scalar' || typeof node.value !== 'boolean') {
        throw complain('true or false is expected.');
      }
      return node.value;
    },
  };
}
