import type { ColumnDescriptions } from '../arrow/column-description.ts';
import { loadDescribedFields } from '../tshark/field-descriptions.ts';
import type { Tshark } from '../tshark/find-tools.ts';
import type { ChosenColumns } from './chosen-columns.ts';
import { isText, type TableFormat } from './table-formats.ts';

/**
 * What a file says of the columns: the field that each holds, its type as tshark calls it, and tshark's description.
 * Nothing for forms that have no room for it.
 */
export async function fieldDescriptions(
  { fields: { columns } }: Pick<ChosenColumns, 'fields'>,
  tshark: Tshark,
  format: TableFormat,
): Promise<ColumnDescriptions> {
  if (isText(format)) return {};
  const catalogue = await loadDescribedFields(tshark);
  return Object.fromEntries(
    columns.map(({ name, field, fieldType }) => [
      name,
      { field, type: fieldType ?? undefined, description: catalogue.descriptionOf(field) ?? undefined },
    ]),
  );
}
