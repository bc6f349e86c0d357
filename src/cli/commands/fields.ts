import { columnTypeFor } from '../../capture/field-types.ts';
import { renderFields, type ReportedField } from '../../report/fields-table.ts';
import { jsonText } from '../../report/json.ts';
import { fromRows } from '../../table/from-rows.ts';
import { nearHint, type CatalogueEntry } from '../../tshark/field-catalogue.ts';
import { loadDescribedFields } from '../../tshark/field-descriptions.ts';
import { searchFields } from '../../tshark/field-search.ts';
import { findTshark } from '../../tshark/find-tools.ts';
import type { CommandContext, CommandEnd } from '../command-context.ts';

export interface FieldsFlags {
  /** Empty for all fields. */
  readonly pattern: string;
  readonly regex: boolean;
  readonly format: 'table' | 'json' | 'jsonl' | 'csv';
  readonly tshark: string | undefined;
}

/** `rttshark fields`: the fields that tshark knows, and the columns that they become. */
export async function fieldsCommand(
  { pattern, regex, format, tshark: path }: FieldsFlags,
  { console }: CommandContext,
): Promise<CommandEnd> {
  const tshark = await findTshark(path);
  const catalogue = await loadDescribedFields(tshark);
  const fields = searchFields(catalogue.entries(), pattern, { isRegex: regex }).map(reported);
  if (format === 'json') {
    await console.result(
      jsonText({ schema: 'rttshark.fields/1', tshark: { version: tshark.version.text }, fields }),
    );
  } else if (format === 'table') await console.result(renderFields(fields, console.stdout));
  else {
    const table = fromRows({ name: 'text', type: 'text', column: 'text', description: 'text' }, fields);
    await console.result(format === 'csv' ? table.toCsv({ lineEnd: '\n' }) : table.toJsonLines());
  }
  if (fields.length === 0) console.note(`Nothing is like "${pattern}". ${nearHint(pattern, catalogue)}`);
  return [];
}

function reported({ name, fieldType, description }: CatalogueEntry): ReportedField {
  return { name, type: fieldType, column: columnTypeFor(name, fieldType), description };
}
