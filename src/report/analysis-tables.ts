import type { CaptureResults } from '../measure/capture-collector.ts';
import { renderCounters } from './counter-table.ts';
import { renderAnalysis, type TableOptions } from './terminal-table.ts';

/** A table for each measurement, and one of what was counted. */
export function renderTables(
  { measurements, counters }: CaptureResults,
  about: Omit<TableOptions, 'description'>,
): string {
  const measured = measurements.map((result) =>
    renderAnalysis(result, { ...about, description: result.title ?? result.field }),
  );
  return [...measured, ...(counters.length === 0 ? [] : [renderCounters(counters, about)])].join('\n');
}
