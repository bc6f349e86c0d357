import { columnTypeFor } from '../capture/field-types.ts';
import { RttsharkError } from '../errors.ts';
import type { ColumnType, Schema } from '../table/schema.ts';
import { checkFields, loadFieldCatalogue } from '../tshark/field-catalogue.ts';
import type { Tshark } from '../tshark/find-tools.ts';
import type { ExtractionOptions } from './extraction-options.ts';
import type { FieldChoice } from './field-choice.ts';

/** A column of the table that is extracted. */
export interface ExtractedColumn {
  readonly name: string;
  readonly type: ColumnType;
  /** tshark's field; null for the column of the inputs. */
  readonly field: string | null;
}

/** The columns that were asked for. */
export interface ChosenColumns {
  readonly columns: readonly ExtractedColumn[];
  /** The same as a table's schema. */
  readonly schema: Schema;
  /** Each field that has to be read, once, with its type. */
  readonly fieldSchema: Schema;
}

/** @throws RttsharkError `usage` where no field is named, or two columns have one name, `filter_invalid` */
export async function chosenColumns(options: ExtractionOptions, tshark: Tshark): Promise<ChosenColumns> {
  const { fields, inputColumn, preferences = [] } = options;
  if (fields.length === 0) {
    throw new RttsharkError('usage', 'No field was named.', {
      hint: 'Name one with -e, as tshark -e; "rttshark fields" lists them.',
    });
  }
  const choices = fields.map((field): FieldChoice => (typeof field === 'string' ? { field } : field));
  const names = choices.map(({ field }) => field);
  await checkFields(tshark, names, { mayDeclareMore: preferences.length > 0 });
  const catalogue = await loadFieldCatalogue(tshark);
  const read = choices.map(({ field, name = field }): ExtractedColumn => {
    return { name, field, type: columnTypeFor(field, catalogue.typeOf(field)) };
  });
  const first: readonly ExtractedColumn[] =
    inputColumn === undefined ? [] : [{ name: inputColumn, field: null, type: 'text' }];
  const columns = [...first, ...read];
  refuseSameNames(columns);
  return {
    columns,
    schema: Object.fromEntries(columns.map(({ name, type }) => [name, type])),
    fieldSchema: Object.fromEntries(
      columns.flatMap(({ field, type }) => (field === null ? [] : [[field, type]])),
    ),
  };
}

function refuseSameNames(columns: readonly ExtractedColumn[]): void {
  const seen = new Set<string>();
  for (const { name, field } of columns) {
    // In an object, and so in a row of JSON, such names come before all others.
    if (/^\d+$/.test(name)) {
      throw new RttsharkError('usage', `A column cannot be called "${name}".`, {
        hint: 'A name has something beside digits.',
      });
    }
    if (seen.has(name)) {
      throw new RttsharkError('usage', `Two columns would be called "${name}".`, {
        hint: `Give one of them another name: -e OTHER=${field ?? name}.`,
      });
    }
    seen.add(name);
  }
}
