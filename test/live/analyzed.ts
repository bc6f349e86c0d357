import { expect } from 'chai';
import type { AnalysisDocument } from '../../src/report/analysis-document.ts';
import { program, startCommand } from '../support/run-command.ts';

/** What `rttshark analyze` measures in captures that belong together. */
export async function analyzed(files: readonly string[]): Promise<AnalysisDocument['measurements']> {
  const args = [program, 'analyze', '--join', ...files, '--format', 'json'];
  const { status, stdout, stderr } = await startCommand(process.execPath, args, { longestRunMs: 120_000 })
    .ended;
  expect(status, stderr).to.equal(0);
  return (JSON.parse(stdout) as AnalysisDocument).measurements;
}
