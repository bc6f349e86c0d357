import { labelsOfMeasurement, type Measurement } from '../../measure/measurement.ts';
import { presets } from '../../measure/presets.ts';
import { jsonText } from '../../report/json.ts';
import { renderMeasurements, type ListedMeasurement } from '../../report/measurements-table.ts';
import { loadFieldCatalogue, type FieldCatalogue } from '../../tshark/field-catalogue.ts';
import { findTshark } from '../../tshark/find-tools.ts';
import type { CommandContext, CommandEnd } from '../command-context.ts';
import { declaredMeasurements } from '../declared-measurements.ts';

export interface MeasurementsFlags {
  readonly format: 'table' | 'json';
  readonly tshark: string | undefined;
}

/** `rttshark measurements`: what `--measure` takes, and whether the installed tshark has its field. */
export async function measurementsCommand(
  { format, tshark }: MeasurementsFlags,
  context: CommandContext,
): Promise<CommandEnd> {
  const found = await findTshark(tshark);
  const catalogue = await loadFieldCatalogue(found);
  const listed = [
    ...declaredMeasurements(context).map((one) => listedMeasurement(one.name, one, catalogue)),
    ...presets.map((preset) => listedMeasurement(preset.preset, preset, catalogue)),
  ];
  const { console } = context;
  const document = {
    schema: 'rttshark.measurements/1',
    tshark: { version: found.version.text },
    measurements: listed,
  };
  await console.result(format === 'json' ? jsonText(document) : renderMeasurements(listed, console.stdout));
  return [];
}

function listedMeasurement(
  called: string,
  measurement: Measurement,
  catalogue: FieldCatalogue,
): ListedMeasurement {
  const { name, field, unit, fieldUnit = unit, filter = null, title } = measurement;
  return {
    measure: called,
    name,
    field,
    field_unit: fieldUnit,
    filter,
    labels: labelsOfMeasurement(measurement, []).map(({ label }) => label),
    metric: `rttshark_${name}_${unit}`,
    title,
    known: catalogue.has(field),
  };
}
