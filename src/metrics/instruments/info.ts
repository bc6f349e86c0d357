import { RttsharkError } from '../../errors.ts';
import type { InfoFamily, LabelSet } from '../metric-family.ts';
import { checkPlainLabelName } from '../names.ts';
import { Instrument, type InstrumentOptions } from './instrument.ts';
import { readLabelValues, type LabelValues } from './label-values.ts';

export type InfoOptions<Label extends string> = InstrumentOptions<Label, Info<Label>>;

/** Facts, such as a version: they are written as labels of the value 1. */
export class Info<Label extends string = never> extends Instrument<Label, InfoSeries> {
  /** @throws RttsharkError `usage` for names that Prometheus does not take, and for those that are taken */
  constructor(options: InfoOptions<Label>) {
    super('info', options, () => new InfoSeries(options.name, options.labelNames ?? []));
  }

  /**
   * Sets the facts, in place of those that were set before.
   *
   * @throws RttsharkError `usage` for names that are no label names, or those of labels
   */
  set(facts: LabelValues<string>): void;
  set(labels: LabelValues<Label>, facts: LabelValues<string>): void;
  set(first: LabelValues<string>, facts?: LabelValues<string>): void {
    if (facts === undefined) this.labels().set(first);
    else this.labels(first).set(facts);
  }

  protected override familyOf(): InfoFamily {
    const samples = this.samples((labels, { facts }) => ({ labels: { ...labels, ...facts } }));
    return { type: 'info', name: this.bareName, help: this.help, samples };
  }
}

/** One label set of an info. */
export class InfoSeries {
  readonly #metric: string;
  readonly #labelNames: readonly string[];
  #facts: LabelSet = {};

  /** @param metric - for messages */
  constructor(metric: string, labelNames: readonly string[]) {
    this.#metric = metric;
    this.#labelNames = labelNames;
  }

  get facts(): LabelSet {
    return this.#facts;
  }

  /** As `Info.set`. */
  set(facts: LabelValues<string>): void {
    const names = Object.keys(facts);
    for (const name of names) {
      checkPlainLabelName(name);
      if (!this.#labelNames.includes(name)) continue;
      throw new RttsharkError(
        'usage',
        `"${name}" is a label of "${this.#metric}", and cannot be a fact too.`,
      );
    }
    const values = readLabelValues(this.#metric, names, [facts]);
    this.#facts = Object.fromEntries(names.map((name, i) => [name, values[i] ?? '']));
  }
}
