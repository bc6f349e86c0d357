import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import fc from 'fast-check';
import { commandLine } from '../../src/cli/command-line.ts';
import { Configuration } from '../../src/cli/configuration.ts';
import { Console } from '../../src/cli/console.ts';
import { Interruption } from '../../src/cli/interruption.ts';
import { knownOptions } from '../../src/cli/known-options.ts';
import { commandNames, knownOption, optionNames, sectionNames } from '../../src/config/known-options.ts';
import type { OptionValue } from '../../src/config/setting.ts';
import { variableOf } from '../../src/config/variables.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** The places that an option can be set in, strongest first. */
const places = ['flag', 'environment', 'section', 'common'] as const;
type Place = (typeof places)[number];

/** Ends a command before it begins. */
class Parsed extends Error {
  readonly flags: Readonly<Record<string, unknown>>;

  constructor(flags: Readonly<Record<string, unknown>>) {
    super('parsed');
    this.flags = flags;
  }
}

const console = new Console();

/** What the command would run with, as the real parser makes it of words, variables and a file. */
async function flagsOf(
  argv: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, unknown>>> {
  const configuration = await Configuration.load(argv, env);
  configuration.overriddenBy = (flags) => {
    throw new Parsed(flags);
  };
  const interruption = new Interruption();
  const context = { configuration, interruption, console };
  try {
    await commandLine({ argv, version: '0', context, onEnd: () => undefined }).parseAsync();
  } catch (error) {
    if (error instanceof Parsed) return error.flags;
    throw error;
  } finally {
    interruption.release();
  }
  throw new Error(`${argv.join(' ')} ran.`);
}

/** A value of its own for each place, as far as there are so many. */
function valueAt(command: string, name: string, place: Place): OptionValue {
  const { declaration, traits } = knownOption(knownOptions, name, command)!;
  const at = places.indexOf(place);
  if (declaration.type === 'boolean') return (at % 2 === 0) !== declaration.default;
  if (declaration.choices !== undefined) return String(declaration.choices[at % declaration.choices.length]);
  const text = traits.path === undefined ? `v${at}` : `/v${at}`;
  return declaration.array === true ? [`${text}=a,b`, `${text}=c`] : text;
}

function wordsFor(name: string, value: OptionValue): string[] {
  if (typeof value === 'boolean') return [value ? `--${name}=true` : `--${name}=false`];
  return [value].flat().map((text) => `--${name}=${text}`);
}

function textFor(value: OptionValue): string {
  return Array.isArray(value) ? value.join('\n') : String(value);
}

describe('every option of every command', () => {
  const file = temporaryFolder();

  it('is there to be set', () => {
    expect(commandNames(knownOptions)).to.include.members(['analyze', 'live', 'check', 'delete', 'doctor']);
    expect(optionNames(knownOptions, 'live')).to.have.length.above(60);
  });

  for (const command of commandNames(knownOptions)) {
    it(`of ${command} is taken from its flag, else its variable, else its section, else the file's top`, async () => {
      const names = optionNames(knownOptions, command);
      const hasSection = sectionNames(knownOptions).includes(command);
      // Where a command and an option have one name, the file has room for one of them.
      const mayBeSetAt = (place: Place, name: string) =>
        (hasSection || place !== 'section') &&
        (place !== 'common' || !sectionNames(knownOptions).includes(name));
      const chosen = fc.array(fc.subarray([...places]), { minLength: names.length, maxLength: names.length });
      await fc.assert(
        fc.asyncProperty(chosen, async (given) => {
          const at = new Map(
            names.map((name, i) => [name, given[i]!.filter((place) => mayBeSetAt(place, name))]),
          );
          const setAt = (place: Place) => names.filter((name) => at.get(name)!.includes(place));
          const record = (place: Place) =>
            Object.fromEntries(setAt(place).map((name) => [name, valueAt(command, name, place)]));
          const text = { ...record('common'), ...(hasSection && { [command]: record('section') }) };
          const path = file(`${command}.yaml`);
          writeFileSync(path, JSON.stringify(text));
          const env = Object.fromEntries(
            setAt('environment').map((name) => [
              variableOf(name),
              textFor(valueAt(command, name, 'environment')),
            ]),
          );
          // What the command cannot do without, where no place gives it.
          const needed = command === 'delete' && at.get('push')!.length === 0 ? ['--push=p'] : [];
          const words = setAt('flag').flatMap((name) => wordsFor(name, valueAt(command, name, 'flag')));
          const flags = await flagsOf([command, `--config=${path}`, ...words, ...needed], env);
          for (const name of names) {
            const [strongest] = places.filter((place) => at.get(name)!.includes(place));
            const fallback: unknown = knownOption(knownOptions, name, command)!.declaration.default;
            if (needed.length > 0 && name === 'push') continue;
            expect(flags[name], name).to.deep.equal(
              strongest === undefined ? fallback : valueAt(command, name, strongest),
            );
          }
        }),
        { numRuns: 12 },
      );
    });
  }
});
