import type { Column } from '../table/column.ts';
import type { AnyTable } from '../table/table.ts';
import type { LabelSource } from './labels.ts';
import { labelValue } from './label-values.ts';
import { networkOf, type NetworkPrefix } from './network-prefix.ts';

export interface RowLabelOptions {
  /** What is grouped by; none puts all into one group. */
  readonly labels: readonly LabelSource[];
  /** Put before the numbers of TCP streams, which tshark counts anew in each capture. */
  readonly streamPrefix?: string;
  /** Between several occurrences of a field in one packet. */
  readonly occurrenceSeparator: string;
  /** Puts the networks of `src` and `dst` in the place of their addresses. */
  readonly prefix?: NetworkPrefix | undefined;
}

/** The columns of these names, but for those of fields that the installed tshark does not have. */
export function presentColumns(packets: AnyTable, names: readonly string[]): Column[] {
  return names.filter((name) => Object.hasOwn(packets.schema, name)).map((name) => packets.column(name));
}

/**
 * The values of the labels of a row, in the order of the labels.
 *
 * @param packets - with the columns that the labels are made of
 * @param carried - the protocol whose ends are meant
 */
export function rowLabels(
  packets: AnyTable,
  { labels, streamPrefix = '', occurrenceSeparator, prefix }: RowLabelOptions,
  carried: string,
): (row: number) => string[] {
  return (row) => {
    const field = (name: string) => {
      if (!Object.hasOwn(packets.schema, name)) return [];
      const value = packets.column(name).get(row);
      if (typeof value === 'string') return value.split(occurrenceSeparator);
      return value === null ? [] : [String(value)];
    };
    return labels.map(({ source }) => {
      const value = labelValue(source, field, carried);
      if (source === 'stream') return value === '' ? '' : streamPrefix + value;
      if (prefix !== undefined && (source === 'src' || source === 'dst')) return networkOf(value, prefix);
      return value;
    });
  };
}
