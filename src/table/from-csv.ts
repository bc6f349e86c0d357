import { RttsharkError } from '../errors.ts';
import type { ColumnBuilder } from './column-builder.ts';
import { named, namesOf, unknownColumn } from './columns.ts';
import type { ColumnName } from './columns.ts';
import { csvRecords } from './csv-records.ts';
import type { CsvField, CsvRecord } from './csv-records.ts';
import { valueReader } from './read-value.ts';
import type { TimeReading } from './read-value.ts';
import type { ColumnType, Schema } from './schema.ts';
import { TableBuilder } from './table-builder.ts';
import type { Table } from './table.ts';
import { checkDelimiter } from './to-csv.ts';

export interface FromCsvOptions extends TimeReading {
  /** One character between fields, `,` by default. */
  readonly delimiter?: string;
  /** Whether the first line has the names of the columns, in any order; without it they are in the schema's. */
  readonly header?: boolean;
}

/**
 * A table of CSV as `toCsv` writes it: an empty field is null, `""` is empty text.
 *
 * Throws RttsharkError `usage`, with the line, for a column that the schema has not or that is missing, for lines of
 * other lengths, and for a text that is no value of its column's type.
 */
export function fromCsv<const S extends Schema>(
  schema: S,
  text: string,
  { delimiter = ',', header = true, parseTime }: FromCsvOptions = {},
): Table<S> {
  checkDelimiter(delimiter);
  const builder = new TableBuilder(schema);
  const records = csvRecords(text, delimiter);
  const names = header ? headerNames<S>(firstFields(records), schema) : namesOf(schema);
  const columns = names.map((name) => {
    const type = named(schema, name);
    const column: ColumnBuilder<ColumnType> = builder.column(name);
    return { name, type, column, read: valueReader(type, { parseTime }) };
  });
  for (const { fields, line } of records) {
    if (fields.length !== columns.length) {
      throw new RttsharkError(
        'usage',
        `Line ${line} of the CSV has ${fields.length} fields, not ${columns.length}.`,
      );
    }
    for (const [at, { name, type, column, read }] of columns.entries()) {
      const field = fields[at];
      if (field === undefined || isNull(field)) {
        column.appendNull();
        continue;
      }
      const value = read(field.text);
      if (value === null) {
        const shown = JSON.stringify(field.text);
        throw new RttsharkError(
          'usage',
          `Line ${line} of the CSV: ${shown} is no "${type}", for column "${name}".`,
        );
      }
      column.append(value);
    }
  }
  return builder.finish();
}

function isNull({ text, quoted }: CsvField): boolean {
  return text === '' && !quoted;
}

function firstFields(records: Iterator<CsvRecord, void>): readonly CsvField[] {
  const first = records.next();
  return first.done === true ? [] : first.value.fields;
}

function headerNames<S extends Schema>(fields: readonly CsvField[], schema: S): ColumnName<S>[] {
  const names = fields.map(({ text }) => text);
  const known = Object.keys(schema);
  for (const name of names) if (!Object.hasOwn(schema, name)) throw unknownColumn(name, known);
  const missing = known.find((name) => !names.includes(name));
  if (missing !== undefined) throw new RttsharkError('usage', `The CSV has no column "${missing}".`);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) throw new RttsharkError('usage', `The column "${twice}" is given twice.`);
  return names;
}
