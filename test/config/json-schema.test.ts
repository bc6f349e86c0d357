import { Ajv } from 'ajv';
import { expect } from 'chai';
import fc from 'fast-check';
import { parse } from 'yaml';
import { knownOptions } from '../../src/cli/known-options.ts';
import { parseConfigFile } from '../../src/config/config-file.ts';
import { configSchema } from '../../src/config/json-schema.ts';
import { optionNames, sectionNames } from '../../src/config/known-options.ts';
import { projectText } from '../docs/project-files.ts';

const shipped = 'docs/rttshark.schema.json';

function mistakesIn(text: string): string[] {
  return parseConfigFile({ path: 'c.yaml', text, trusted: true }, knownOptions).mistakes.map(
    ({ message }) => message,
  );
}

describe('the JSON Schema of the configuration file', () => {
  const schema = JSON.parse(projectText(shipped)) as object;
  const isValid = new Ajv({ allowUnionTypes: true }).compile(schema);

  it('is what the options of the commands give: "npm run schema" writes it', () => {
    expect(schema).to.deep.equal(JSON.parse(JSON.stringify(configSchema(knownOptions))));
  });

  it('has every option of every command, described', () => {
    const { properties } = schema as { properties: Record<string, { description?: string }> };
    const expected = new Set([...optionNames(knownOptions), ...sectionNames(knownOptions)]);
    expect(Object.keys(properties)).to.include.members([...expected]);
    for (const [name, { description }] of Object.entries(properties))
      expect(description, name).to.be.a('string');
  });

  it('takes the example and those of the page, as the program does', () => {
    const page = projectText('docs/configuration.md');
    const blocks = Array.from(page.matchAll(/^```yaml\n([^]*?)^```/gm), ([, text = '']) => text);
    expect(blocks).to.have.length(3);
    for (const text of [projectText('examples/rttshark.yaml'), ...blocks]) {
      expect(mistakesIn(text)).to.deep.equal([]);
      expect(isValid(parse(text)), JSON.stringify(isValid.errors)).to.equal(true);
    }
  });

  it('takes what the program takes, and nothing else', () => {
    const word = fc.constantFrom('src', 'json', 'csv', 'table', '5ms', 'a@b', '', 'put', 'lean', 'true');
    const scalar = fc.oneof(
      word,
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.boolean(),
      fc.constant(null),
    );
    const value = fc.oneof(
      { weight: 3, arbitrary: scalar },
      fc.array(scalar, { maxLength: 3 }),
      fc.dictionary(word, scalar, { maxKeys: 3 }),
    );
    const options = (command?: string) =>
      fc.dictionary(fc.constantFrom(...optionNames(knownOptions, command), 'password', 'x'), value, {
        maxKeys: 2,
      });
    const sections = fc.record(
      Object.fromEntries(sectionNames(knownOptions).map((command) => [command, fc.option(options(command))])),
      { requiredKeys: [] },
    );
    const files = fc.oneof(
      options(),
      sections,
      fc.tuple(options(), sections).map(([a, b]) => ({ ...a, ...b })),
    );
    let [right, wrong] = [0, 0];
    fc.assert(
      fc.property(files, (file) => {
        const text = JSON.stringify(file);
        const mistakes = mistakesIn(text);
        expect(isValid(parse(text)), `${text}: ${mistakes.join('; ')}`).to.equal(mistakes.length === 0);
        if (mistakes.length === 0) right++;
        else wrong++;
      }),
      { numRuns: 400 },
    );
    expect(right).to.be.above(20);
    expect(wrong).to.be.above(20);
  });
});
