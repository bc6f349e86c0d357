import { generationArguments, type GenerationRequest } from '../capture/generation.ts';
import type { CapturePlan } from '../live/live-plan.ts';
import { pipelineLine, type Pipeline } from '../tshark/pipeline.ts';
import { configEnvironment } from '../tshark/profile.ts';

/** What a live capture runs, whether for reports or for rows. */
export interface LivePrograms {
  readonly captures: readonly CapturePlan[];
  readonly request: GenerationRequest;
}

/** The programs that would run, a line each: what captures, and the tshark that it feeds. */
export function liveDryRun({ captures, request }: LivePrograms): string {
  const tshark = {
    file: request.tshark.path,
    args: generationArguments(request),
    env: configEnvironment(request.configFolder),
  };
  const lines = captures.map((capture): Pipeline => {
    return capture.kind === 'pipe' ? [tshark] : [capture.command, tshark];
  });
  return lines.map((pipeline) => `${pipelineLine(pipeline)}\n`).join('');
}
