import { metricTypes } from '../measure/measurement.ts';
import { fieldUnits, type declarationKeys } from '../measure/parse-measurement.ts';

const text = { type: 'string', minLength: 1 };

const properties: Readonly<Record<(typeof declarationKeys)[number], object>> = {
  name: {
    description: "Its name, a part of the metric's: letters, digits and _",
    type: 'string',
    pattern: '^[A-Za-z_]\\w*$',
  },
  field: { description: 'The tshark field that holds the value', ...text },
  unit: { description: 'What the field counts; s by default', enum: Object.keys(fieldUnits) },
  title: { description: "What it is, as a phrase; the field's name by default", ...text },
  filter: { description: 'A display filter that packets must pass too', ...text },
  once_per_connection: { description: 'Only the first value of each TCP connection', type: 'boolean' },
  labels: {
    description: "By the label's name: a label of by, a field, or a constant",
    type: 'object',
    additionalProperties: {
      anyOf: [
        text,
        {
          type: 'object',
          properties: { constant: { type: 'string' } },
          required: ['constant'],
          additionalProperties: false,
        },
      ],
    },
  },
  buckets: {
    description: 'Upper bounds: seconds, or durations as in 5ms; ascending',
    type: 'array',
    items: { type: ['number', 'string'] },
    minItems: 1,
  },
  metric: { description: 'What the samples become; histogram by default', enum: metricTypes },
};

/** The JSON Schema of one declaration. */
export const measurementSchema: object = {
  type: 'object',
  properties,
  required: ['name', 'field'],
  additionalProperties: false,
};
