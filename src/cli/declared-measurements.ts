import type { Measurement } from '../measure/measurement.ts';
import type { CommandContext } from './command-context.ts';

/** The measurements that the configuration file declares under `measurements`. */
export function declaredMeasurements({
  configuration,
}: Pick<CommandContext, 'configuration'>): readonly Measurement[] {
  return configuration.file?.measurements ?? [];
}
