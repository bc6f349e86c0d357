import { RttsharkError } from '../errors.ts';
import { isListType, listOf } from '../table/column-types.ts';
import { recordOf } from '../table/columns.ts';
import type { ColumnType, Schema } from '../table/schema.ts';
import { Table, type AnyTable } from '../table/table.ts';
import { checkFields, loadFieldCatalogue, nearHint, type FieldCatalogue } from '../tshark/field-catalogue.ts';
import type { Tshark } from '../tshark/find-tools.ts';
import { columnTypeFor, type ColumnTypeOptions } from './field-types.ts';

/** A field and the column that it goes to. */
export interface NamedField {
  /** How the column is called. */
  readonly name: string;
  /** tshark's name. */
  readonly field: string;
}

/**
 * What is asked for: tshark's names, each also its column's, or patterns with `*` for any characters (`tcp.*`), which stand
 * for all fields of that form in the order of tshark's catalogue; or fields under names of one's own.
 */
export type FieldList = readonly (string | NamedField)[];

export interface FieldSchemaOptions extends ColumnTypeOptions {
  /** Types by tshark's name that are not to come from its catalogue; with them a field that it does not list is taken too. */
  readonly declared?: Schema | undefined;
  /** Preferences are set, which can declare fields that the catalogue does not list: they are text. */
  readonly mayDeclareMore?: boolean | undefined;
}

/** A column of the result. */
export interface FieldColumnType extends NamedField {
  readonly type: ColumnType;
  /** As in `FT_UINT16`; null for a field that the catalogue does not list. */
  readonly fieldType: string | null;
}

/** What fields become, before the first row. */
export interface FieldSchema {
  /** The columns in their order. */
  readonly columns: readonly FieldColumnType[];
  /** Their names and types: what tables of {@link asAsked} have, an empty one too. */
  readonly schema: Schema;
  /** tshark's names and types: what is read. */
  readonly read: Schema;
}

/**
 * The columns that fields become with this tshark.
 *
 * @throws RttsharkError `filter_invalid` for a field that it does not know, with the nearest names, and for a pattern that
 *   none matches; `usage` for no fields, a pattern with a name, and two columns of one name
 */
export async function fieldSchema(
  tshark: Tshark,
  fields: FieldList,
  { declared = {}, mayDeclareMore, ...types }: FieldSchemaOptions = {},
): Promise<FieldSchema> {
  const catalogue = await loadFieldCatalogue(tshark);
  const named = withoutPatterns(fields, catalogue, tshark);
  const undeclared = named.map(({ field }) => field).filter((field) => !Object.hasOwn(declared, field));
  await checkFields(tshark, undeclared, { mayDeclareMore });
  // Asked anew where a field was not in it: plug-ins can have been added.
  const known = await loadFieldCatalogue(tshark);
  const columns = named.map(({ name, field }): FieldColumnType => {
    const fieldType = known.typeOf(field);
    const given = Object.hasOwn(declared, field) ? declared[field] : undefined;
    const type = given ?? columnTypeFor(field, fieldType, types);
    return { name, field, fieldType, type: types.occurrence === 'all' ? asList(type) : type };
  });
  return {
    columns,
    schema: schemaOf(columns, ({ name }) => name),
    read: schemaOf(columns, ({ field }) => field),
  };
}

/** A table of what was read, with the columns that were asked for. */
export function asAsked({ columns, schema, read }: FieldSchema, table: AnyTable): AnyTable {
  const names = Object.keys(schema);
  const isSame =
    names.length === Object.keys(read).length && names.every((name) => Object.hasOwn(read, name));
  if (isSame && columns.every(({ name, field }) => name === field)) return table;
  const fieldOf = new Map(columns.map(({ name, field }) => [name, field]));
  return new Table(recordOf(names, (name) => table.column(fieldOf.get(name) ?? name)));
}

function asList(type: ColumnType): ColumnType {
  return isListType(type) ? type : listOf(type);
}

function schemaOf(columns: readonly FieldColumnType[], nameOf: (column: FieldColumnType) => string): Schema {
  return Object.freeze(Object.fromEntries(columns.map((column) => [nameOf(column), column.type])));
}

function isPattern(field: string): boolean {
  return field.includes('*');
}

function withoutPatterns(fields: FieldList, catalogue: FieldCatalogue, tshark: Tshark): NamedField[] {
  if (fields.length === 0) throw new RttsharkError('usage', 'No field is asked for.');
  const named = fields.map((each) => (typeof each === 'string' ? { name: each, field: each } : each));
  const found = new Map<string, NamedField>();
  const byName = new Map(named.map((each) => [each.name, each]));
  for (const each of named) {
    if (isPattern(each.field)) {
      if (each.name !== each.field) throw namedPattern(each);
      // A field that is also asked for by its name has its place there.
      for (const field of matches(each.field, catalogue, tshark))
        if (!byName.has(field) && !found.has(field)) found.set(field, { name: field, field });
    } else if (found.has(each.name)) throw twice(each.name);
    else found.set(each.name, each);
  }
  return [...found.values()];
}

function matches(pattern: string, catalogue: FieldCatalogue, tshark: Tshark): string[] {
  const names = catalogue.matching(pattern);
  if (names.length > 0) return names;
  const [prefix = ''] = pattern.split('*', 1);
  throw new RttsharkError('filter_invalid', `tshark ${tshark.version.text} knows no field "${pattern}".`, {
    hint: prefix === '' ? undefined : nearHint(prefix.replace(/\.$/, ''), catalogue),
  });
}

function namedPattern({ name, field }: NamedField): RttsharkError {
  return new RttsharkError('usage', `"${field}" can be many fields, which cannot all be called "${name}".`);
}

function twice(name: string): RttsharkError {
  return new RttsharkError('usage', `Two columns are called "${name}".`, {
    hint: 'Give one of them another name.',
  });
}
