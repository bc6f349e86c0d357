import type { ColumnType, Schema } from '../table/schema.ts';
import type { Observed } from './capture-collector.ts';
import { labelsOfMeasurement, measurementSchema } from './measurement.ts';
import { counterSchema } from './packet-counter.ts';
import { sentOnceSchema } from './sent-once.ts';

/** The columns to be asked of tshark: those of every measurement and counter, each once. */
export function observedSchema({ measurements, counters, labels, onlySentOnce }: Observed): Schema {
  return mergedSchema([
    ...measurements.map((measurement) =>
      measurementSchema(measurement, labelsOfMeasurement(measurement, labels)),
    ),
    counterSchema(counters, labels),
    onlySentOnce ? sentOnceSchema : {},
  ]);
}

/** A field that is also a label's is read as text, which tells its value too. */
function mergedSchema(schemas: readonly Schema[]): Schema {
  const merged: Record<string, ColumnType> = {};
  for (const [field, type] of schemas.flatMap((schema) => Object.entries(schema))) {
    const known = merged[field];
    merged[field] = known === undefined || (known === 'float64' && type === 'text') ? type : known;
  }
  return merged;
}
