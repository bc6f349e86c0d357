import type { ColumnDescriptions } from '../arrow/column-description.ts';
import type { ChosenColumns } from './chosen-columns.ts';

/** What a file says of the columns: the field that each holds, and its type as tshark calls it. */
export function fieldDescriptions({
  fields: { columns },
}: Pick<ChosenColumns, 'fields'>): ColumnDescriptions {
  return Object.fromEntries(
    columns.map(({ name, field, fieldType }) => [name, { field, type: fieldType ?? undefined }]),
  );
}
