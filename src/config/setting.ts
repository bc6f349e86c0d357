/** The value of an option, as the command line would give it. */
export type OptionValue = string | boolean | readonly string[];

/** Whether a parser of command lines gave something that can be an option's value. */
export function isOptionValue(value: unknown): value is OptionValue {
  return typeof value === 'string' || typeof value === 'boolean' || Array.isArray(value);
}

/** Where a value comes from. */
export type Origin =
  | { readonly from: 'flag' }
  | { readonly from: 'environment'; readonly variable: string }
  | { readonly from: 'file'; readonly file: string; readonly line: number }
  | { readonly from: 'default' };

/** One option that is set. */
export interface Setting {
  readonly name: string;
  readonly value: OptionValue;
  readonly origin: Origin;
}

/** The settings of one place, by the options' names. */
export type Settings = ReadonlyMap<string, Setting>;

/** Where a value comes from, as messages say it. */
export function originText(origin: Origin): string {
  switch (origin.from) {
    case 'flag':
      return 'command line';
    case 'environment':
      return `the variable ${origin.variable}`;
    case 'file':
      return `"${origin.file}", line ${origin.line}`;
    case 'default':
      return 'default';
  }
}
