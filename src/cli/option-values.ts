import type { Options } from 'yargs';
import { RttsharkError } from '../errors.ts';

type OptionTable = Readonly<Record<string, Options>>;

/** Options with a value of which `--no-…` says something. */
const negatable = new Set(['instance', 'config']);

/** What yargs takes without a word and nobody means. To be looked at before the command runs. */
export interface GivenOptions {
  /** As yargs read them. */
  readonly flags: Readonly<Record<string, unknown>>;
  /** As they were written. */
  readonly argv: readonly string[];
  /** Those of the command that was called. */
  readonly options: OptionTable;
}

/** @throws RttsharkError `usage` */
export function refuseOddValues({ flags, argv, options }: GivenOptions): void {
  for (const [name, option] of Object.entries(options)) {
    const value = flags[name];
    if (Array.isArray(value) && option.array !== true) {
      throw new RttsharkError('usage', `--${name} was given twice.`);
    }
    // yargs makes a boolean of what has "--no-" before it, whatever the option's type.
    if (value === false && option.type !== 'boolean' && !negatable.has(name)) throw negated(name);
    if (Array.isArray(value) && value.includes(false)) throw negated(name);
    if (option.type === 'boolean') refuseOtherThanBoolean(name, argv);
  }
}

/** yargs takes `--swap=maybe` for false. */
function refuseOtherThanBoolean(name: string, argv: readonly string[]): void {
  const start = `--${name}=`;
  const written = argv.slice(0, indexOrEnd(argv, '--')).find((word) => word.startsWith(start));
  const value = written?.slice(start.length);
  if (value === undefined || value === 'true' || value === 'false') return;
  throw new RttsharkError('usage', `"${value}" is no value for --${name}.`, {
    hint: `Write --${name}, or --no-${name}.`,
  });
}

function negated(name: string): RttsharkError {
  return new RttsharkError('usage', `"--no-${name}" is no option: --${name} takes a value.`);
}

function indexOrEnd(words: readonly string[], word: string): number {
  const at = words.indexOf(word);
  return at === -1 ? words.length : at;
}
