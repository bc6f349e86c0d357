import { RttsharkError } from '../../errors.ts';
import { nearestNames } from '../../nearest.ts';
import type { StateSetFamily } from '../metric-family.ts';
import { Instrument, type InstrumentOptions } from './instrument.ts';
import { isWellFormed, type LabelValues } from './label-values.ts';

export interface EnumOptions<Label extends string, State extends string> extends InstrumentOptions<
  Label,
  Enum<State, Label>
> {
  /** All that there are; the first one is on until another one is set. */
  readonly states: readonly State[];
}

/** Which one of several states something is in: a series for each, and the value 1 for the one that is on. */
export class Enum<State extends string = string, Label extends string = never> extends Instrument<
  Label,
  EnumSeries<State>
> {
  readonly states: readonly State[];

  /**
   * @throws RttsharkError `usage` for names that Prometheus does not take, and for those that are taken; for no states,
   *   and for one that is given twice
   */
  constructor(options: EnumOptions<Label, State>) {
    const states = checkStates(options.name, options.states);
    super('stateset', options, () => new EnumSeries(options.name, states));
    this.states = states;
  }

  /** @throws RttsharkError `usage` for a state that is none */
  set(state: State): void;
  set(labels: LabelValues<Label>, state: State): void;
  set(...given: readonly unknown[]): void {
    const [series, rest] = this.addressed<[State]>(given);
    series.set(...rest);
  }

  protected override familyOf(): StateSetFamily {
    const { bareName: name, help, states } = this;
    const samples = this.samples((labels, { state }) => ({ labels, state }));
    return { type: 'stateset', name, help, states, samples };
  }
}

/** One label set of an enum. */
export class EnumSeries<State extends string> {
  readonly #metric: string;
  readonly #states: readonly State[];
  #state: State;

  /** @param metric - for messages */
  constructor(metric: string, states: readonly [State, ...State[]]) {
    this.#metric = metric;
    this.#states = states;
    this.#state = states[0];
  }

  get state(): State {
    return this.#state;
  }

  /** As `Enum.set`. */
  set(state: State): void {
    if (!this.#states.includes(state)) {
      const near = nearestNames(state, this.#states, 1).map((other) => ` Did you mean "${other}"?`);
      throw new RttsharkError('usage', `"${this.#metric}" has no state "${state}".`, {
        hint: `Its states are ${this.#states.join(', ')}.${near.join('')}`,
      });
    }
    this.#state = state;
  }
}

function checkStates<State extends string>(
  metric: string,
  states: readonly State[],
): readonly [State, ...State[]] {
  const [first, ...others] = states;
  if (first === undefined) throw new RttsharkError('usage', `"${metric}" has no states.`);
  for (const [i, state] of states.entries()) {
    if (typeof state !== 'string' || !isWellFormed(state)) {
      throw new RttsharkError('usage', `A state of "${metric}" is no text, or not valid Unicode.`);
    }
    if (states.indexOf(state) === i) continue;
    throw new RttsharkError('usage', `"${metric}" has the state "${state}" twice.`);
  }
  return [first, ...others];
}
