import type { SourceEnding } from '../capture/live-source.ts';
import { RttsharkError } from '../errors.ts';
import type { CapturePlan } from './live-plan.ts';
import { reasonOfSource } from './restart-reasons.ts';

/** The error about a source that could not even begin. */
export function captureError(
  plan: Exclude<CapturePlan, { readonly kind: 'pipe' }>,
  ending: SourceEnding,
): RttsharkError {
  const { words } = reasonOfSource(ending);
  const detail = words === '' ? `${plan.program} ended without a word.` : words;
  return new RttsharkError('capture_failed', `Capturing on "${plan.name}" failed.`, {
    detail,
    hint:
      plan.kind === 'remote'
        ? `Try the connection by hand: "${[plan.command.file, ...plan.command.args.slice(0, -1), 'true'].join(' ')}".`
        : '"rttshark doctor" says whether this user may capture, "rttshark interfaces" what on.',
  });
}
