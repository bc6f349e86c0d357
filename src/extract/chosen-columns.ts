import { fieldSchema, type FieldSchema } from '../capture/field-schema.ts';
import { RttsharkError } from '../errors.ts';
import type { Schema } from '../table/schema.ts';
import type { Tshark } from '../tshark/find-tools.ts';
import type { ExtractionOptions } from './extraction-options.ts';

/** The columns that were asked for. */
export interface ChosenColumns {
  readonly fields: FieldSchema;
  /** The name of the column that says what input a row is from, which stands first; undefined for none. */
  readonly inputColumn: string | undefined;
  /** That of the tables that are given. */
  readonly schema: Schema;
}

/**
 * @throws RttsharkError `usage` where no field is named, or two columns would have one name; `filter_invalid` for a
 *   field that tshark does not know
 */
export async function chosenColumns(options: ExtractionOptions, tshark: Tshark): Promise<ChosenColumns> {
  const { fields: asked, occurrence, relativeTime, inputColumn, preferences = [] } = options;
  if (asked.length === 0) {
    throw new RttsharkError('usage', 'No field was named.', {
      hint: 'Name one with -e, as tshark -e; "rttshark fields" lists them.',
    });
  }
  const mayDeclareMore = preferences.length > 0;
  const fields = await fieldSchema(tshark, asked, { occurrence, relativeTime, mayDeclareMore });
  const names = [...(inputColumn === undefined ? [] : [inputColumn]), ...Object.keys(fields.schema)];
  refuseDigits(names);
  if (inputColumn === undefined) return { fields, inputColumn, schema: fields.schema };
  if (Object.hasOwn(fields.schema, inputColumn)) {
    throw new RttsharkError('usage', `Two columns are called "${inputColumn}".`, {
      hint: 'Give the column of the inputs another name.',
    });
  }
  return { fields, inputColumn, schema: { [inputColumn]: 'text', ...fields.schema } };
}

/** In an object, and so in a schema and in a row of JSON, such names come before all others. */
function refuseDigits(names: readonly string[]): void {
  const digits = names.find((name) => /^\d+$/.test(name));
  if (digits === undefined) return;
  throw new RttsharkError('usage', `A column cannot be called "${digits}".`, {
    hint: 'A name has something beside digits.',
  });
}
