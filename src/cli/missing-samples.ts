import { RttsharkError } from '../errors.ts';
import type { Analysis } from '../analysis/analysis.ts';
import { tcpAckRtt } from '../measure/measurement.ts';
import type { CommandContext } from './command-context.ts';
import type { ResultFormat } from './result-formats.ts';

export interface MissingSamplesFlags {
  readonly requireSamples: boolean;
  readonly format: ResultFormat;
}

/** The error where nothing at all was measured and something was required; notes of what has no samples, else. */
export function missingSamples(
  { measurements, inputs }: Pick<Analysis, 'measurements' | 'inputs'>,
  { requireSamples, format }: MissingSamplesFlags,
  { console }: Pick<CommandContext, 'console'>,
): RttsharkError[] {
  const without = measurements.filter(({ total }) => total.count === 0);
  const whose = inputs.length === 1 ? `of ${shownInput(inputs[0]?.path)}` : 'of any input';
  if (requireSamples && without.length === measurements.length) {
    const what = `No packet ${whose} has a ${without.map(({ field }) => field).join(', or ')}`;
    const ofTcp = without.some(({ field }) => field === tcpAckRtt.field);
    return [new RttsharkError('no_samples', `${what}.`, { hint: ofTcp ? tcpHint : otherHint })];
  }
  if (format === 'table') return [];
  for (const { field } of without) console.note(`No packet ${whose} has a ${field}: there are no samples.`);
  return [];
}

/** Says of measurements that they had more groups than were to be told apart. */
export function noteOtherGroups(
  { measurements }: Pick<Analysis, 'measurements'>,
  { console }: Pick<CommandContext, 'console'>,
): void {
  for (const { name, otherGroups } of measurements) {
    if (otherGroups === undefined) continue;
    console.note(`Of "${name}", the ${otherGroups} smallest groups are one, "other" (--max-groups).`);
  }
}

/** Says of measurements that their quantiles are not exact. */
export function noteSketches(
  { measurements }: Pick<Analysis, 'measurements'>,
  { console }: Pick<CommandContext, 'console'>,
): void {
  for (const { name, quantileRelativeError, total } of measurements) {
    if (quantileRelativeError === null) continue;
    const percent = `${quantileRelativeError * 100} %`;
    console.note(
      `Of "${name}", ${total.count} samples are too many to keep: quantiles are within ${percent} (--exact keeps all).`,
    );
  }
}

const tcpHint =
  'A sample needs both directions of a TCP connection: a segment and its ACK. Is the display filter (-Y) too narrow?';
const otherHint =
  'A sample needs a request and its answer in the same capture. Is the display filter (-Y) too narrow?';

function shownInput(path = '-'): string {
  return path === '-' ? 'standard input' : `"${path}"`;
}
