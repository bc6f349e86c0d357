/** What the configuration knows of options: what the commands declare of them. */

/** As much of a declaration as a value from elsewhere is held against. */
export interface OptionDeclaration {
  readonly type?: 'string' | 'boolean' | 'number' | 'array' | 'count' | undefined;
  /** Whether it can be given several times. */
  readonly array?: boolean | undefined;
  readonly requiresArg?: boolean | undefined;
  readonly choices?: readonly unknown[] | undefined;
  readonly default?: unknown;
  readonly describe?: string | false | undefined;
  readonly defaultDescription?: string | undefined;
}

export type OptionTable = Readonly<Record<string, OptionDeclaration>>;

/** What cannot be told from a declaration. */
export interface OptionTraits {
  /** What stands between the parts of a value that is a list: a YAML list or mapping is joined with it. */
  readonly separator?: ',';
  /** What stands between name and value of a part: it can be written as a YAML mapping. */
  readonly pair?: '=' | ':';
  /** `false` says something too: what `--no-…` says. */
  readonly negatable?: true;
  /** The value is an address that must hold no user name and password. */
  readonly address?: true;
  /** The value is a path, that of a file or that of a program, whose name alone is looked for elsewhere. */
  readonly path?: 'file' | 'program';
  /** The value can hold a secret, and is not shown. */
  readonly concealed?: true;
  /** The value decides which programs run. */
  readonly runsPrograms?: true;
}

/** Every option of every command. */
export interface KnownOptions {
  readonly commands: Readonly<Record<string, OptionTable>>;
  /** By the name of the option, which means the same in every command. */
  readonly traits: Readonly<Record<string, OptionTraits>>;
}

/** An option as it can be set for several commands at once. */
export interface KnownOption {
  readonly name: string;
  readonly declaration: OptionDeclaration;
  readonly traits: OptionTraits;
}

/**
 * The option of a command; without one, of all that have it: every value that one of them takes is then right.
 *
 * @returns undefined where there is none of that name
 */
export function knownOption(known: KnownOptions, name: string, command?: string): KnownOption | undefined {
  const tables = command === undefined ? Object.values(known.commands) : [known.commands[command] ?? {}];
  const declarations = tables.flatMap((table) => {
    const declaration = Object.hasOwn(table, name) ? table[name] : undefined;
    return declaration === undefined ? [] : [declaration];
  });
  const [declaration] = declarations;
  if (declaration === undefined) return undefined;
  const choices = [...new Set(declarations.flatMap((each) => each.choices ?? []))];
  const traits = (Object.hasOwn(known.traits, name) ? known.traits[name] : undefined) ?? {};
  return { name, traits, declaration: choices.length === 0 ? declaration : { ...declaration, choices } };
}

/** The names of the options of a command; without one, of all commands. */
export function optionNames(known: KnownOptions, command?: string): string[] {
  const tables = command === undefined ? Object.values(known.commands) : [known.commands[command] ?? {}];
  return [...new Set(tables.flatMap((table) => Object.keys(table)))];
}

/** The key of the measurements that a file declares. */
export const measurementsKey = 'measurements';

/** The commands that have options to be set. */
export function commandNames(known: KnownOptions): string[] {
  return Object.keys(known.commands).filter((command) => optionNames(known, command).length > 0);
}

/** Those that have a section of their own in a file: a command that is called like another key has none. */
export function sectionNames(known: KnownOptions): string[] {
  return commandNames(known).filter((command) => command !== measurementsKey);
}
