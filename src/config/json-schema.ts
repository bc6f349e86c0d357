/** What editors check a configuration file against. */

import {
  knownOption,
  measurementsKey,
  optionNames,
  sectionNames,
  type KnownOption,
  type KnownOptions,
} from './known-options.ts';
import { measurementSchema } from './measurement-schema.ts';

type Schema = Readonly<Record<string, unknown>>;

/** The JSON Schema (draft 7, which editors know) of the configuration file. */
export function configSchema(known: KnownOptions): Schema {
  const commands = sectionNames(known);
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'rttshark.yaml',
    description: 'Options of rttshark: for all commands that have them, and in sections for one command.',
    type: ['object', 'null'],
    additionalProperties: false,
    properties: {
      ...propertiesOf(known),
      [measurementsKey]: {
        description: 'Measurements of your own, to be asked for by name (measure).',
        type: ['array', 'null'],
        items: measurementSchema,
      },
      ...Object.fromEntries(
        commands.map((command) => {
          const section = sectionSchema(known, command);
          const option = knownOption(known, command);
          return [
            command,
            option === undefined
              ? section
              : { description: section.description, anyOf: [section, optionSchema(option)] },
          ];
        }),
      ),
    },
  };
}

function sectionSchema(known: KnownOptions, command: string) {
  return {
    description: `Options of "rttshark ${command}" alone. They win over those for all commands.`,
    type: ['object', 'null'],
    additionalProperties: false,
    properties: propertiesOf(known, command),
  };
}

function propertiesOf(known: KnownOptions, command?: string): Schema {
  return Object.fromEntries(
    optionNames(known, command).flatMap((name) => {
      const option = knownOption(known, name, command);
      return option === undefined ? [] : [[name, optionSchema(option)]];
    }),
  );
}

function optionSchema({ declaration, traits }: KnownOption): Schema {
  const { describe, defaultDescription } = declaration;
  const value: unknown = declaration.default;
  return {
    ...(typeof describe === 'string' && { description: describe }),
    ...valueSchema(declaration, traits),
    ...(value === undefined || defaultDescription !== undefined ? {} : { default: value }),
  };
}

function valueSchema(declaration: KnownOption['declaration'], traits: KnownOption['traits']): Schema {
  if (declaration.type === 'boolean') return { type: 'boolean' };
  if (declaration.choices !== undefined) return { enum: declaration.choices };
  const text: Schema = { type: ['string', 'number'], ...(traits.address === true && { pattern: '^[^@]*$' }) };
  const isSeveral = declaration.array === true || traits.separator !== undefined;
  const forms = [
    text,
    ...(isSeveral ? [{ type: 'array', items: text, minItems: 1 }] : []),
    ...(isSeveral && traits.pair !== undefined
      ? [{ type: 'object', additionalProperties: text, minProperties: 1 }]
      : []),
    ...(declaration.requiresArg !== true && declaration.array !== true ? [{ const: true }] : []),
    ...(traits.negatable === true ? [{ const: false }] : []),
  ];
  return forms.length === 1 ? text : { anyOf: forms };
}
