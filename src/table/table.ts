import { aggregateGroups } from './group-by.ts';
import type { Aggregated, Aggregates } from './group-by.ts';
import { distinctNames } from './columns.ts';
import type { ColumnName } from './columns.ts';
import { concat } from './concat.ts';
import { describe } from './describe.ts';
import type { descriptionSchema } from './describe.ts';
import { distinct } from './distinct.ts';
import { drop } from './drop.ts';
import type { Without } from './drop.ts';
import { head, tail } from './head.ts';
import { join } from './join.ts';
import type { Joined, JoinOptions } from './join.ts';
import type { JoinKeys } from './join-keys.ts';
import { pivotLonger } from './pivot-longer.ts';
import type { Longer, LongerOptions } from './pivot-longer.ts';
import { pivotWider } from './pivot-wider.ts';
import type { Wider, WiderOptions } from './pivot-wider.ts';
import { semiJoin } from './semi-join.ts';
import type { Aggregate } from './aggregate.ts';
import { rename } from './rename.ts';
import type { Renamed, Renames } from './rename.ts';
import { resample } from './resample.ts';
import type { ResampleOptions } from './resample.ts';
import { window } from './window.ts';
import type { Windowed, WindowFunctions, WindowOptions } from './window.ts';
import { sample } from './sample.ts';
import type { SampleOptions } from './sample.ts';
import { valueCounts } from './value-counts.ts';
import type { Counted } from './value-counts.ts';
import { derive } from './derive.ts';
import type { Derivations, Derived } from './derive.ts';
import { filter } from './filter.ts';
import type { Predicate } from './filter.ts';
import { orderBy } from './order-by.ts';
import type { SortKey } from './order-by.ts';
import { columnsOf, ReadableTable } from './readable-table.ts';
import type { Schema } from './schema.ts';
import type { GroupedTable } from './grouped-table.ts';
import { select } from './select.ts';
import { slice } from './slice.ts';

/**
 * An immutable table: named, typed columns of equal length. Made by `TableBuilder`, `fromRows` or from columns.
 *
 * Every verb gives a new table and leaves this one as it is; columns that a verb does not change are shared, which
 * nobody can tell, for they cannot change. The verbs are pure functions over columns, one file each beside this one.
 * A name that is no column throws RttsharkError `usage`, with the nearest and all known names.
 */
export class Table<S extends Schema = Schema> extends ReadableTable<S> {
  /** The rows that the predicate is true for. The row it is given is valid during the call; `{ ...row }` stays. */
  filter(predicate: Predicate<S>): Table<S> {
    return new Table(filter(columnsOf(this), predicate));
  }

  /** The rows from `start` up to `end`, which is not among them; negative numbers count from the end. */
  slice(start: number, end?: number): Table<S> {
    return new Table(slice(columnsOf(this), start, end));
  }

  /** The first rows, 5 by default. */
  head(rowCount?: number): Table<S> {
    return new Table(head(columnsOf(this), rowCount));
  }

  /** The last rows, 5 by default. */
  tail(rowCount?: number): Table<S> {
    return new Table(tail(columnsOf(this), rowCount));
  }

  /** Some of the rows, at random but by `seed`, in their order: `sample({ rows: 100, seed: 7 })`. */
  sample(options: SampleOptions): Table<S> {
    return new Table(sample(columnsOf(this), options));
  }

  /** The first row of each combination of values of the named columns, of all columns where none is named. */
  distinct(...names: ColumnName<S>[]): Table<S> {
    return new Table(distinct(columnsOf(this), names));
  }

  /** The named columns, in the order given; RttsharkError `usage` for a name given twice. */
  select<K extends ColumnName<S>>(...names: K[]): Table<Pick<S, K>> {
    return new Table(select(columnsOf(this), names));
  }

  /** All columns but the named ones. */
  drop<K extends ColumnName<S>>(...names: K[]): Table<Without<S, K>> {
    return new Table(drop(columnsOf(this), names));
  }

  /** The columns under other names, in their places: `rename({ 'ip.src': 'src' })`. */
  rename<const R extends Renames<S>>(names: R): Table<Renamed<S, R>> {
    return new Table(rename(columnsOf(this), names));
  }

  /**
   * Adds computed columns, or puts them in the place of those with the same name.
   *
   * ```ts
   * table.derive({ ms: { type: 'float64', value: ({ rtt }) => (rtt === null ? null : rtt * 1000) } });
   * ```
   *
   * The row that a function is given is valid during the call, and shows the columns as they were. Throws
   * RttsharkError `usage` where a function gives a value that does not fit its type.
   */
  derive<const D extends Schema>(derivations: Derivations<S, D>): Table<Derived<S, D>> {
    return new Table(derive(columnsOf(this), derivations));
  }

  /**
   * Groups of rows with equal keys, to be aggregated:
   *
   * ```ts
   * table.groupBy('src', 'dst').aggregate({ n: count(), mean: mean('rtt'), p99: quantile('rtt', 0.99) });
   * ```
   *
   * Null is a key of its own. With no keys the whole table is one group. RttsharkError `usage` for a key given twice.
   */
  groupBy<K extends ColumnName<S>>(...keys: K[]): GroupedTable<S, K> {
    distinctNames(columnsOf(this), keys);
    return { aggregate: (aggregates) => new Table(aggregateGroups(columnsOf(this), keys, aggregates)) };
  }

  /** Aggregates over all rows, as a table of one row, also where there are no rows: `rollup({ n: count() })`. */
  rollup<A extends Aggregates<S>>(aggregates: A): Table<Aggregated<S, never, A>> {
    return new Table(aggregateGroups<S, never, A>(columnsOf(this), [], aggregates));
  }

  /** How often each combination of values of the columns occurs, as `count`, most frequent first. */
  valueCounts<K extends ColumnName<S>>(...names: [K, ...K[]]): Table<Counted<S, K>> {
    return new Table(valueCounts(columnsOf(this), names));
  }

  /** A row for each column: type, nulls, different values; for numbers and times mean, spread and quartiles. */
  describe(): Table<typeof descriptionSchema> {
    return new Table(describe(columnsOf(this)));
  }

  /**
   * The rows sorted by the first key, ties by the next; stable, nulls last: `orderBy('src', desc('rtt'))`.
   *
   * Numbers by size, NaN after all of them; text by UTF-16 code units; false before true.
   */
  orderBy(...keys: SortKey<ColumnName<S>>[]): Table<S> {
    return new Table(orderBy(columnsOf(this), keys));
  }

  /**
   * The rows of this table, then those of the others, which must have the same columns, of the same types, in any
   * order; RttsharkError `usage` says where they differ.
   */
  concat(...others: Table<S>[]): Table<S> {
    return new Table(
      concat(
        columnsOf(this),
        others.map((other) => columnsOf(other)),
      ),
    );
  }

  /**
   * Adds columns computed from the rows around each row, or puts them in the place of those with the same name:
   *
   * ```ts
   * table.window(
   *   { before: lag('rtt'), n: rowNumber(), smooth: rolling(mean('rtt'), { rows: 10 }) },
   *   { partitionBy: ['src'], orderBy: ['time'] },
   * );
   * ```
   *
   * The rows stay in the order of the table.
   */
  window<W extends WindowFunctions<S>>(functions: W, options: WindowOptions<S> = {}): Table<Windowed<S, W>> {
    return new Table(window(columnsOf(this), functions, options));
  }

  /**
   * Groups of the rows of each span of time: `resample('time', { seconds: 60, by: ['src'] }).aggregate({ n: count() })`.
   *
   * The column of times then says when each bucket begins; rows without a time are left out.
   */
  resample<T extends ColumnName<S>, K extends ColumnName<S> = never>(
    time: T,
    options: ResampleOptions<K>,
  ): GroupedTable<S, K | T> {
    return {
      aggregate: <A extends Aggregates<S>>(aggregates: A) =>
        new Table(resample<S, T, K, A>(columnsOf(this), time, options, aggregates)),
    };
  }

  /**
   * Each row with each row of the other table that has the same keys: `innerJoin(names, 'ip')`,
   * `innerJoin(names, { 'ip.src': 'ip' })`. Null equals nothing.
   *
   * The columns of the other table but its keys follow, with `_right`, or another suffix, behind names that this one
   * has too. RttsharkError `usage` for keys of different types.
   */
  innerJoin<R extends Schema, const O extends JoinKeys<S, R>, X extends string = '_right'>(
    other: Table<R>,
    keys: O,
    options: JoinOptions<X> = {},
  ): Table<Joined<S, R, O, X>> {
    return new Table(join(columnsOf(this), columnsOf(other), keys, { ...options, unmatched: 'drop' }));
  }

  /** The same, and the rows that no row of the other table matches, with nulls in its columns. */
  leftJoin<R extends Schema, const O extends JoinKeys<S, R>, X extends string = '_right'>(
    other: Table<R>,
    keys: O,
    options: JoinOptions<X> = {},
  ): Table<Joined<S, R, O, X>> {
    return new Table(join(columnsOf(this), columnsOf(other), keys, { ...options, unmatched: 'keep' }));
  }

  /** The rows whose keys a row of the other table has, each once. */
  semiJoin<R extends Schema>(other: Table<R>, keys: JoinKeys<S, R>): Table<S> {
    return new Table(semiJoin(columnsOf(this), columnsOf(other), keys, { matched: true }));
  }

  /** The rows whose keys no row of the other table has. */
  antiJoin<R extends Schema>(other: Table<R>, keys: JoinKeys<S, R>): Table<S> {
    return new Table(semiJoin(columnsOf(this), columnsOf(other), keys, { matched: false }));
  }

  /**
   * Columns of one type put below each other, with their names beside the values:
   * `pivotLonger({ columns: ['min', 'max'], names: 'figure', values: 'rtt' })`.
   */
  pivotLonger<K extends ColumnName<S>, const N extends string = 'name', const V extends string = 'value'>(
    options: LongerOptions<K, N, V>,
  ): Table<Longer<S, K, NoInfer<N>, NoInfer<V>>> {
    return new Table(pivotLonger(columnsOf(this), options));
  }

  /**
   * A row for each combination of the columns `by`, and a column for each value of the column `names`:
   * `pivotWider({ names: 'port', values: mean('rtt'), columns: ['22', '443'] })`.
   *
   * `values` is a column, of which there must be one value a cell, or an aggregate. The compiler knows the new columns
   * where `columns` lists them.
   */
  pivotWider<
    N extends ColumnName<S>,
    V extends ColumnName<S> | Aggregate<ColumnName<S> | undefined>,
    const C extends string,
    B extends ColumnName<S> = never,
  >(options: WiderOptions<S, N, V, B, C> & { columns: readonly C[] }): Table<Wider<S, N, V, B, C>>;
  pivotWider<N extends ColumnName<S>, B extends ColumnName<S>>(
    options: WiderOptions<S, N, ColumnName<S> | Aggregate<ColumnName<S> | undefined>, B>,
  ): Table;
  pivotWider(
    options: WiderOptions<
      S,
      ColumnName<S>,
      ColumnName<S> | Aggregate<ColumnName<S> | undefined>,
      ColumnName<S>
    >,
  ): unknown {
    return new Table(pivotWider(columnsOf(this), options));
  }
}

export type { AnyTable } from './any-table.ts';
export type { GroupedTable } from './grouped-table.ts';
