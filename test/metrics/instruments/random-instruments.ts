import fc from 'fast-check';

/** What happens to one metric, in a form that Python can do too. */
export interface RandomInstrument {
  readonly type: 'Counter' | 'Gauge' | 'Histogram' | 'Summary' | 'Info' | 'Enum';
  readonly name: string;
  readonly help: string;
  readonly unit: string | null;
  readonly labelNames: readonly string[];
  readonly buckets: readonly number[];
  readonly states: readonly string[];
  readonly percentiles: readonly number[];
  readonly steps: readonly Step[];
}

export interface Step {
  readonly labelValues: readonly string[];
  /** A method of Python's client; null for a label set that is initialised only. */
  readonly call: 'inc' | 'dec' | 'set' | 'observe' | 'info' | 'state' | null;
  /** A number as Python reads it (`inf`), a state, or facts. */
  readonly given: string | Readonly<Record<string, string>>;
  readonly exemplar: Readonly<Record<string, string>> | null;
}

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 6 }),
  fc.string({
    unit: fc.constantFrom('\\', '"', '\n', '\r', '{', '}', ',', '=', '#', ' ', 'n', ':', '|', 'é', '😀'),
  }),
);
const oddNumbers = [0, -0, 1, 1e-300, 5e-324, 1.7976931348623157e308, 0.1, 12345678, 1e21, Infinity, NaN];
const notNegative = fc.oneof(
  fc.constantFrom(...oddNumbers),
  fc.double({ min: 0, noNaN: true }),
  fc.double({ min: 0, max: 20, noNaN: true }),
);
const anyNumber = fc.oneof(
  notNegative,
  notNegative.map((value) => -value),
);
const labelName = fc
  .oneof(
    fc.stringMatching(/^[a-zA-Z_][a-zA-Z0-9_]{0,5}$/),
    fc.constantFrom('le', 'quantile', 'job', 'constructor'),
  )
  .filter((name) => !name.startsWith('__'));
const facts = fc.dictionary(labelName, text, { minKeys: 1, maxKeys: 3, noNullPrototype: true });
const bounds = fc
  .uniqueArray(
    fc.oneof(
      fc.constantFrom(0, 0.00005, 1, 2.5, 10, 1e6, 1234567.5),
      fc.double({ min: 1e-9, max: 9e9, noNaN: true }),
    ),
    { minLength: 1, maxLength: 6 },
  )
  .map((all) => all.sort((a, b) => a - b));

/** A number as Python reads it. */
function pythonNumber(value: number): string {
  if (Object.is(value, -0)) return '-0.0';
  return Number.isFinite(value) ? String(value) : String(value).replace('Infinity', 'inf');
}

const numbersOf = {
  Counter: notNegative,
  Gauge: anyNumber,
  Histogram: anyNumber,
  Summary: anyNumber,
} as const;

function stepOf(
  type: RandomInstrument['type'],
  labelNames: readonly string[],
  states: readonly string[],
): fc.Arbitrary<Step> {
  // Few label sets, which look alike, so that they come again.
  const similar = fc.oneof(fc.constantFrom('', 'a', 'a,', 'a|a', 'a,b:a', '1:a'), text);
  const labelValues = fc.tuple(...labelNames.map(() => similar));
  const step = (
    call: Step['call'],
    given: fc.Arbitrary<Step['given']>,
    exemplar: boolean,
  ): fc.Arbitrary<Step> =>
    fc.record({
      labelValues,
      call: fc.constant(call),
      given,
      exemplar: exemplar ? fc.option(facts, { freq: 2 }) : fc.constant(null),
    });
  const touched = step(null, fc.constant(''), false);
  if (type === 'Info') {
    const others = facts.map((all) =>
      Object.fromEntries(Object.entries(all).filter(([name]) => !labelNames.includes(name))),
    );
    return fc.oneof(touched, step('info', others, false));
  }
  if (type === 'Enum') return fc.oneof(touched, step('state', fc.constantFrom(...states), false));
  const number = numbersOf[type].map(pythonNumber);
  switch (type) {
    case 'Counter':
      return fc.oneof(touched, step('inc', number, true));
    case 'Gauge':
      return fc.oneof(touched, ...(['set', 'inc', 'dec'] as const).map((call) => step(call, number, false)));
    case 'Histogram':
      return fc.oneof(touched, step('observe', number, true));
    case 'Summary':
      return fc.oneof(touched, step('observe', number, false));
  }
}

function instrument(i: number): fc.Arbitrary<RandomInstrument> {
  return fc
    .record({
      type: fc.constantFrom('Counter', 'Gauge', 'Histogram', 'Summary', 'Info', 'Enum'),
      // A number in the name keeps those of one registry apart.
      name: fc.stringMatching(/^[a-zA-Z_:][a-zA-Z0-9_:]{0,6}$/).map((name) => `${name}_${i}`),
      total: fc.boolean(),
      help: text,
      unit: fc.option(fc.constantFrom('seconds', 'bytes', 'x')),
      labelNames: fc.uniqueArray(labelName, { maxLength: 3 }),
      buckets: bounds,
      states: fc.uniqueArray(text, { minLength: 1, maxLength: 4 }),
      percentiles: fc.constantFrom([], [0.5, 0.99]),
    })
    .map((drawn) => ({
      ...drawn,
      name: drawn.type === 'Counter' && drawn.total ? `${drawn.name}_total` : drawn.name,
      unit: drawn.type === 'Info' || drawn.type === 'Enum' ? null : drawn.unit,
      labelNames: drawn.labelNames.filter(
        (name) =>
          !(drawn.type === 'Histogram' && name === 'le') &&
          !(drawn.type === 'Summary' && name === 'quantile'),
      ),
    }))
    .filter(
      ({ type, name, labelNames }) => !labelNames.includes(name) && !(type === 'Enum' && /^__|:/.test(name)),
    )
    .chain((drawn) =>
      fc
        .array(stepOf(drawn.type, drawn.labelNames, drawn.states), { maxLength: 8 })
        .map((steps) => ({ ...drawn, steps })),
    );
}

/** Metrics of all types that are in one registry. */
export const randomInstruments: fc.Arbitrary<RandomInstrument[]> = fc.tuple(
  ...[0, 1, 2, 3].map((i) => instrument(i)),
);
