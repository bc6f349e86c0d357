import type { FileMetaData } from 'hyparquet';
import { fromArrow } from '../arrow/from-arrow.ts';
import type { Schema } from '../table/schema.ts';
import { arrowSchemaKey } from './footer.ts';

/** The types of the Arrow schema that a file may have with it; none where it has none that can be read. */
export function arrowTypesOf({ key_value_metadata: entries = [] }: FileMetaData): Schema {
  const encoded = entries.find(({ key }) => key === arrowSchemaKey)?.value;
  if (encoded === undefined) return {};
  try {
    return fromArrow(Buffer.from(encoded, 'base64')).schema;
  } catch {
    // It only adds to what Parquet's own schema says.
    return {};
  }
}
