import { ColumnBuilder } from '../table/column-builder.ts';
import type { Column } from '../table/column.ts';
import { takeFrom } from '../table/take.ts';
import { Table, type AnyTable } from '../table/table.ts';
import { fieldSeconds } from './field-seconds.ts';
import { fieldsOfAnswers } from './label-values.ts';
import type { LabelSource } from './labels.ts';
import { carriedProtocol, type Measurement } from './measurement.ts';
import { SentOnce } from './sent-once.ts';

/** Packets with the numbers that they have in the whole capture, where rows do not come in that order. */
export interface NumberedPackets {
  readonly packets: AnyTable;
  readonly order: ArrayLike<number> | undefined;
}

export interface SampleRowsOptions {
  readonly measurement: Measurement;
  readonly labels: readonly LabelSource[];
  readonly occurrenceSeparator: string;
  /** Leave samples out whose segment was sent more than once: needs the columns of `sentOnceSchema`. */
  readonly onlySentOnce?: boolean | undefined;
}

/** Which of the values of its packet a sample is. */
interface Place {
  readonly at: number;
  readonly of: number;
}

interface Samples {
  /** Of each sample its row, and its value in seconds. */
  readonly rows: Uint32Array<ArrayBuffer>;
  readonly values: readonly number[];
  readonly places: readonly Place[];
  /** Whether any packet has more than one. */
  readonly hasSeveral: boolean;
}

/**
 * Makes of the rows of a capture those of the samples of one measurement, with their values in seconds: a row for each
 * occurrence of the field. It remembers what it has seen, and so is for one capture, read from its beginning.
 */
export class SampleRows {
  readonly #options: SampleRowsOptions;
  readonly #streams = new Set<string>();
  readonly #sentOnce: SentOnce | undefined;

  constructor(options: SampleRowsOptions) {
    this.#options = options;
    if (options.onlySentOnce === true) this.#sentOnce = new SentOnce(options.occurrenceSeparator);
  }

  /** The same table where there is nothing to be done. */
  of({ packets, order }: NumberedPackets): NumberedPackets {
    const { measurement } = this.#options;
    const column = packets.column(measurement.field);
    const once = measurement.oncePerConnection === true;
    if (column.type === 'float64' && !once && this.#sentOnce === undefined) return { packets, order };
    const { rows, values, places, hasSeveral } = this.#samples(packets, column);
    const ofAnswers = hasSeveral ? fieldsOfAnswers(this.#options.labels) : [];
    const taken = packets.columnNames.map((name): [string, Column] => {
      if (name === measurement.field) return [name, columnOf(values)];
      const all = takeFrom(packets.column(name), rows);
      return [name, ofAnswers.includes(name) ? this.#ownTexts(all, places) : all];
    });
    return {
      packets: new Table(Object.fromEntries(taken)),
      order: order === undefined ? undefined : rows.map((row) => order[row] ?? 0),
    };
  }

  #samples(packets: AnyTable, column: Column): Samples {
    const sentAgain = this.#sentOnce?.samplesSentAgain(packets);
    const valuesAt = this.#valueReader(column);
    const streams =
      this.#options.measurement.oncePerConnection === true ? packets.column('tcp.stream') : null;
    const rows: number[] = [];
    const values: number[] = [];
    const places: Place[] = [];
    let hasSeveral = false;
    for (let row = 0; row < packets.rowCount; row++) {
      if (sentAgain?.[row] === 1) continue;
      const found = valuesAt(row);
      if (found.length === 0 || (streams !== null && !this.#isFirstOf(streams.get(row)))) continue;
      if (found.length > 1) hasSeveral = true;
      found.forEach((value, at) => {
        rows.push(row);
        values.push(value);
        places.push({ at, of: found.length });
      });
    }
    return { rows: Uint32Array.from(rows), values, places, hasSeveral };
  }

  /** Of each answer its own text, where there are as many of them as there are answers. */
  #ownTexts(column: Column, places: readonly Place[]): Column {
    const builder = new ColumnBuilder('text', 'answers', column.length);
    places.forEach(({ at, of }, row) => {
      const text = column.get(row);
      const texts = typeof text === 'string' ? text.split(this.#options.occurrenceSeparator) : [];
      builder.append(
        texts.length === of && of > 1 ? (texts[at] ?? null) : typeof text === 'string' ? text : null,
      );
    });
    return builder.finish();
  }

  #isFirstOf(stream: unknown): boolean {
    const innermost = String(stream).split(this.#options.occurrenceSeparator).at(-1) ?? '';
    if (this.#streams.has(innermost)) return false;
    this.#streams.add(innermost);
    return true;
  }

  /** Of several connections in one packet, the innermost is meant; of several answers, all are. */
  #valueReader(column: Column): (row: number) => readonly number[] {
    const { measurement, occurrenceSeparator } = this.#options;
    const { fieldUnit = 'seconds' } = measurement;
    const isTcp = carriedProtocol(measurement) === 'tcp';
    return (row) => {
      const value = column.get(row);
      if (typeof value === 'number') return [value];
      if (typeof value !== 'string') return [];
      const texts = value.split(occurrenceSeparator);
      return (isTcp ? texts.slice(-1) : texts).flatMap((text) => fieldSeconds(text, fieldUnit) ?? []);
    };
  }
}

function columnOf(values: readonly number[]): Column<'float64'> {
  const builder = new ColumnBuilder('float64', 'seconds', values.length);
  for (const value of values) builder.append(value);
  return builder.finish();
}
