import type { Occurrence, RelativeTime } from '../capture/occurrence.ts';
import type { FieldTypeMap, RelativeTimeField } from '../capture/well-known-fields.ts';
import type { ListType, ScalarType, Schema } from '../table/schema.ts';

/** Fields by tshark's names, with the column types that are wanted; or as a list, for which tshark's catalogue decides. */
export type FieldsWanted = Schema | readonly string[];

/** What decides the types of columns beside the fields. */
export interface ColumnWishes {
  /** Which of several occurrences of a field in a packet, `last` by default; `all` makes every column a list. */
  readonly occurrence?: Occurrence | undefined;
  /** Durations in seconds (`float64`), the default, or in nanoseconds (`duration`); not for fields whose type is given. */
  readonly relativeTime?: RelativeTime | undefined;
  /** Column types of fields of a list, where they are to be others than the catalogue says, or it does not know them. */
  readonly types?: Schema | undefined;
}

/**
 * The columns that fields become: of a list, the declared type of a field, else that of a well-known one, else any.
 *
 * @typeParam F - what is asked for
 */
export type SchemaOfFields<
  F extends FieldsWanted,
  W extends ColumnWishes = object,
> = F extends readonly (infer N extends string)[]
  ? string extends N
    ? Schema
    : { readonly [K in N]: Occurring<Declared<K, W>, W> }
  : F extends Schema
    ? { readonly [K in keyof F]: Occurring<F[K], W> }
    : never;

/** A list where all occurrences are asked for. */
type Occurring<T, W extends ColumnWishes> = W extends { readonly occurrence: 'all' }
  ? T extends ScalarType
    ? `list<${T}>`
    : T
  : T;

type Declared<K extends string, W extends ColumnWishes> = W extends { readonly types: infer D }
  ? K extends keyof D
    ? D[K]
    : WellKnown<K, W>
  : WellKnown<K, W>;

type WellKnown<K extends string, W extends ColumnWishes> = K extends keyof FieldTypeMap
  ? W extends { readonly relativeTime: 'nanoseconds' }
    ? K extends RelativeTimeField
      ? 'duration'
      : FieldTypeMap[K]
    : FieldTypeMap[K]
  : W extends { readonly occurrence: 'all' }
    ? ListType
    : ScalarType;
