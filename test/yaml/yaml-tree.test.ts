import { expect } from 'chai';
import fc from 'fast-check';
import { parse } from 'yaml';
import { parseYamlTree, type YamlNode } from '../../src/yaml/yaml-tree.ts';

/** The tree without its places. */
function plain(node: YamlNode): unknown {
  switch (node.kind) {
    case 'scalar':
      return node.value;
    case 'list':
      return node.items.map(plain);
    case 'map':
      return Object.fromEntries(node.entries.map(({ key, value }) => [key, plain(value)]));
    case 'alias':
      return plain(node.target());
  }
}

describe('parseYamlTree', () => {
  it('gives everything its line and column', () => {
    const { root, mistakes } = parseYamlTree('# a\nby: src\nlive:\n  interface: [eth0,\n    lo]\n', '1.2');
    expect(mistakes).to.deep.equal([]);
    if (root.kind !== 'map') throw new Error(root.kind);
    const [by, live] = root.entries;
    expect(by).to.deep.include({ key: 'by', place: { line: 2, column: 1 } });
    expect(by!.value).to.deep.equal({
      kind: 'scalar',
      place: { line: 2, column: 5 },
      value: 'src',
      source: 'src',
    });
    if (live?.value.kind !== 'map') throw new Error('live');
    const [entry] = live.value.entries;
    expect(entry!.place).to.deep.equal({ line: 4, column: 3 });
    if (entry?.value.kind !== 'list') throw new Error('interface');
    expect(entry.value.items.map(({ place }) => place)).to.deep.equal([
      { line: 4, column: 15 },
      { line: 5, column: 5 },
    ]);
  });

  it('keeps numbers as they are written', () => {
    const { root } = parseYamlTree('[1e-3, 007, 0x10, "1e3", 1.50]', '1.2');
    if (root.kind !== 'list') throw new Error(root.kind);
    const sources = root.items.map((item) => item.kind === 'scalar' && item.source);
    expect(sources).to.deep.equal(['1e-3', '007', '0x10', '1e3', '1.50']);
  });

  it('has "no" for a boolean in 1.1 alone', () => {
    expect(plain(parseYamlTree('no', '1.1').root)).to.equal(false);
    expect(plain(parseYamlTree('no', '1.2').root)).to.equal('no');
  });

  for (const [text, line, column, said] of [
    ['a: 1\nb: 2\na: 3', 3, 1, 'second time'],
    ['a: "1', 1, 6, 'quote'],
    ['a:\n\t- b', 2, 1, 'tab'],
    ['a: 1\n---\nb: 2', 2, 1, 'second document'],
    ['a: !secret hunter2', 1, 4, 'TAG_RESOLVE_FAILED'],
  ] as const) {
    it(`says what is wrong with ${JSON.stringify(text)}, and repeats nothing`, () => {
      const [mistake] = parseYamlTree(text, '1.2').mistakes;
      expect(mistake).to.deep.include({ line, column });
      expect(mistake!.what).to.contain(said).and.not.contain('hunter2');
    });
  }

  it('follows an alias only when it is asked to', () => {
    const bomb = Array.from({ length: 30 }, (_, i) => {
      const [name, before] = [`a${i}`, `*a${i - 1}`];
      return `${name}: &${name} [${i === 0 ? 'x' : `${before}, ${before}`}]`;
    });
    const { root } = parseYamlTree(bomb.join('\n'), '1.2');
    expect(root.kind === 'map' && root.entries).to.have.length(30);
    const circle = parseYamlTree('&a [*a]', '1.2').root;
    const alias = circle.kind === 'list' ? circle.items[0] : undefined;
    expect(alias?.kind === 'alias' && alias.target().kind).to.equal('list');
  });

  it('reads what the package reads, whatever it is', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), (value) => {
        const text = JSON.stringify(value);
        expect(plain(parseYamlTree(text, '1.2').root)).to.deep.equal(parse(text));
      }),
      { numRuns: 50 },
    );
  });
});
