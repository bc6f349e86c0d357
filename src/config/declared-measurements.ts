import type { Measurement } from '../measure/measurement.ts';
import { DeclarationError, parseMeasurement } from '../measure/parse-measurement.ts';
import { plainValue, type YamlNode, type YamlPlace } from '../yaml/yaml-tree.ts';
import { WrongValue } from './option-value.ts';

export interface DeclaredMeasurements {
  readonly measurements: readonly Measurement[];
  readonly mistakes: readonly { readonly place: YamlPlace; readonly wrong: WrongValue }[];
}

/** The measurements of a list in a configuration file; an empty value is none. */
export function declaredMeasurements(list: YamlNode): DeclaredMeasurements {
  const measurements: Measurement[] = [];
  const mistakes: { place: YamlPlace; wrong: WrongValue }[] = [];
  const refuse = (place: YamlPlace, what: string, hint?: string) => {
    mistakes.push({ place, wrong: new WrongValue(what, hint) });
  };
  if (list.kind === 'scalar' && list.value === null) return { measurements, mistakes };
  if (list.kind !== 'list') {
    refuse(list.place, 'a list of measurements is expected.', 'Each has at least a name and a field.');
    return { measurements, mistakes };
  }
  for (const item of list.items) {
    try {
      const measurement = parseMeasurement(plainValue(item));
      if (measurements.some(({ name }) => name === measurement.name)) {
        refuse(placeOf(item, ['name']), `the measurement "${measurement.name}" is declared twice.`);
      } else measurements.push(measurement);
    } catch (error) {
      if (!(error instanceof DeclarationError)) throw error;
      refuse(placeOf(item, error.path), error.message, error.hint);
    }
  }
  return { measurements, mistakes };
}

/** Where a part of a declaration stands, or what is nearest to it. */
function placeOf(node: YamlNode, [step, ...path]: readonly string[]): YamlPlace {
  if (step === undefined) return node.place;
  if (node.kind === 'list') {
    const item = node.items[Number(step)];
    return item === undefined ? node.place : placeOf(item, path);
  }
  const entry = node.kind === 'map' ? node.entries.find(({ key }) => key === step) : undefined;
  if (entry === undefined) return node.place;
  return path.length === 0 ? entry.place : placeOf(entry.value, path);
}
