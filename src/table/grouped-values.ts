import type { Column } from './column.ts';
import type { Grouping } from './group-rows.ts';
import type { ColumnType } from './schema.ts';
import { storageOf } from './storage.ts';
import type { Codes, MutableValues, Validity } from './storage-kind.ts';

/** The values of one column that are not null, group after group. */
export class GroupedValues<T extends ColumnType> {
  readonly #column: Column<T>;
  readonly #offsets: Codes;
  readonly #values: MutableValues<T>;
  #group = 0;
  #view: Column<T> | undefined;

  /** @param sorted - whether each group's values are in ascending order, or in that of the rows */
  constructor(column: Column<T>, grouping: Grouping, sorted: boolean) {
    const { rows, offsets } =
      column.validity === undefined ? grouping : withoutNulls(grouping, column.validity);
    const storage = storageOf[column.type];
    this.#column = column;
    this.#offsets = offsets;
    this.#values = storage.gather(column.values, rows);
    if (!sorted) return;
    for (let group = 0; group < grouping.groupCount; group++) this.#part(group).sort();
  }

  /** Those of one group: a view of this memory, made once for all who ask for one group after the other. */
  of(group: number): Column<T> {
    if (this.#view === undefined || this.#group !== group) {
      this.#group = group;
      this.#view = this.#column.with(this.#part(group));
    }
    return this.#view;
  }

  #part(group: number): MutableValues<T> {
    const start = this.#offsets[group] ?? 0;
    return storageOf[this.#column.type].part(this.#values, start, this.#offsets[group + 1] ?? start);
  }
}

function withoutNulls(
  { groupCount, rows, offsets }: Grouping,
  validity: Validity,
): Pick<Grouping, 'rows' | 'offsets'> {
  const validRows = new Uint32Array(rows.length);
  const validOffsets = new Uint32Array(offsets.length);
  let length = 0;
  for (let group = 0; group < groupCount; group++) {
    for (let i = offsets[group] ?? 0; i < (offsets[group + 1] ?? 0); i++) {
      const row = rows[i] ?? 0;
      if (validity[row] !== 0) validRows[length++] = row;
    }
    validOffsets[group + 1] = length;
  }
  return { rows: validRows.subarray(0, length), offsets: validOffsets };
}
