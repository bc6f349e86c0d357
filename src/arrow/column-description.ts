/** What a file says of a column beside its name and type. */
export interface ColumnDescription {
  /** The tshark field that it holds, `tcp.srcport`. */
  readonly field?: string | undefined;
  /** That field's type as tshark calls it, `FT_UINT16`. */
  readonly type?: string | undefined;
  /** In words: `Source Port`. */
  readonly description?: string | undefined;
}

/** By the name of the column; columns that are not named have none. */
export type ColumnDescriptions = Readonly<Record<string, ColumnDescription>>;

/** Keys and values as they stand in the metadata of a field. */
export function descriptionEntries(description: ColumnDescription = {}): [string, string][] {
  const { field, type, description: words } = description;
  return Object.entries({ 'tshark.field': field, 'tshark.type': type, description: words }).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
}
