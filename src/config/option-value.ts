import { RttsharkError } from '../errors.ts';
import { nearestNames } from '../nearest.ts';
import type { YamlNode } from '../yaml/yaml-tree.ts';
import type { KnownOption } from './known-options.ts';
import type { OptionValue } from './setting.ts';

/** What is wrong with a value. */
export class WrongValue {
  readonly what: string;
  readonly hint: string | undefined;

  constructor(what: string, hint?: string) {
    this.what = what;
    this.hint = hint;
  }
}

/** An option's value from YAML. */
export function valueOfNode(option: KnownOption, node: YamlNode): OptionValue | WrongValue {
  if (node.kind === 'alias') return new WrongValue('an alias (*) has no place here; write the value itself.');
  const { array, type } = option.declaration;
  if (node.kind === 'scalar' && node.value === null) return new WrongValue(`"${option.name}" has no value.`);
  if (type === 'boolean') {
    if (node.kind === 'scalar' && typeof node.value === 'boolean') return node.value;
    return new WrongValue(`"${option.name}" is true or false.`);
  }
  if (node.kind === 'scalar' && typeof node.value === 'boolean') return switched(option, node.value);
  const parts = partsOf(option, node);
  if (parts instanceof WrongValue) return parts;
  return checked(option, array === true ? parts : parts.join(option.traits.separator));
}

/**
 * An option's value from an environment variable. Several values of an option that can be repeated are lines of it.
 */
export function valueOfVariable(option: KnownOption, text: string): OptionValue | WrongValue {
  const { array, type } = option.declaration;
  const boolean = booleans.get(text.toLowerCase());
  if (type === 'boolean') return boolean ?? new WrongValue(`"${text}" is neither true nor false.`);
  if (text === 'true' || text === 'false') {
    const value = switched(option, text === 'true');
    if (!(value instanceof WrongValue)) return value;
  }
  const lines = text.split(/\r?\n/).filter((line) => line !== '');
  return checked(option, array === true ? lines : text);
}

const booleans = new Map([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
]);

/** What an option that takes a value makes of true and false: `--listen` without one, `--no-instance`. */
function switched({ name, declaration, traits }: KnownOption, on: boolean): OptionValue | WrongValue {
  if (on && declaration.requiresArg !== true && declaration.array !== true) return '';
  if (!on && traits.negatable === true) return false;
  return new WrongValue(`"${name}" takes a value, not ${on}.`, 'Quote it where it is a text.');
}

function partsOf(option: KnownOption, node: YamlNode): string[] | WrongValue {
  const { declaration, traits, name } = option;
  const several = declaration.array === true || traits.separator !== undefined;
  if (node.kind === 'map') {
    const { pair } = traits;
    if (pair === undefined || !several) return new WrongValue(`"${name}" is no mapping, but a value.`);
    const parts = node.entries.map(({ key, value }) => {
      const text = textOf(value);
      return key === null || text === undefined ? undefined : `${key}${pair}${text}`;
    });
    return allOf(parts) ?? new WrongValue(`the values of "${name}" are texts or numbers.`);
  }
  if (node.kind === 'list') {
    if (!several) return new WrongValue(`"${name}" takes one value, not a list.`);
    if (node.items.length === 0) return new WrongValue(`the list of "${name}" is empty.`);
    return allOf(node.items.map(textOf)) ?? new WrongValue(`the items of "${name}" are texts or numbers.`);
  }
  const text = textOf(node);
  return text === undefined ? new WrongValue(`"${name}" is a text or number.`) : [text];
}

/** A text or number as it is written. */
function textOf(node: YamlNode): string | undefined {
  if (node.kind !== 'scalar') return undefined;
  return ['string', 'number', 'bigint'].includes(typeof node.value) ? node.source : undefined;
}

function allOf(parts: readonly (string | undefined)[]): string[] | undefined {
  const known = parts.filter((part) => part !== undefined);
  return known.length === parts.length && known.length > 0 ? known : undefined;
}

function checked(option: KnownOption, value: string | string[]): OptionValue | WrongValue {
  const { declaration, traits, name } = option;
  const texts = typeof value === 'string' ? [value] : value;
  if (traits.address === true && texts.some((text) => text.includes('@'))) {
    return new WrongValue(
      `the address "${name}" holds an "@", as a user name and password would.`,
      'Credentials have options of their own, and passwords files of their own; write an "@" of the path as %40.',
    );
  }
  const choices = (declaration.choices ?? []).map(String);
  const wrong = choices.length === 0 ? undefined : texts.find((text) => !choices.includes(text));
  if (wrong === undefined) return value;
  const near = nearestNames(wrong, choices, 1).map((choice) => `Did you mean "${choice}"? `);
  const list = choices.map((choice) => `"${choice}"`).join(', ');
  return new WrongValue(`"${wrong}" is no value for "${name}".`, `${near.join('')}It is one of ${list}.`);
}

/** The error about a value. */
export function valueError(place: string, { what, hint }: WrongValue): RttsharkError {
  return new RttsharkError('usage', `${place}: ${what}`, { hint });
}
