import { readFileSync } from 'node:fs';
import { RttsharkError } from '../../errors.ts';
import type { Analysis } from '../../analysis/analysis.ts';
import { compareWithBaseline, parseTolerance, type Check } from '../../measure/baseline.ts';
import { evaluateBudgets, parseBudget } from '../../measure/budget.ts';
import { namesOfLabels } from '../../measure/labels.ts';
import { matchesLabels, parseLabelMatch, type LabelMatcher } from '../../measure/label-match.ts';
import { analysisDocument, measuredOf, type AnalysisDocument } from '../../report/analysis-document.ts';
import { checkDocument } from '../../report/check-document.ts';
import { renderChecks } from '../../report/check-report.ts';
import { jsonText } from '../../report/json.ts';
import { junitXml } from '../../report/junit.ts';
import { parseAnalysisDocument } from '../../report/parse-analysis-document.ts';
import { analysisOptions, type AnalysisFlags } from '../analysis-flags.ts';
import type { CommandContext, CommandEnd } from '../command-context.ts';
import { declaredMeasurements } from '../declared-measurements.ts';
import { noteOtherGroups, noteSketches } from '../missing-samples.ts';
import { dryRunLines, runAnalysis } from '../run-analysis.ts';
import { writeWhole } from '../write-whole.ts';

export interface CheckFlags extends AnalysisFlags {
  readonly max: readonly string[] | undefined;
  readonly min: readonly string[] | undefined;
  readonly for: readonly string[] | undefined;
  readonly baseline: string | undefined;
  readonly tolerance: string;
  readonly update: boolean;
  readonly junit: string | undefined;
  readonly format: 'table' | 'json';
  readonly dryRun: boolean;
}

/** `rttshark check`: holds captures against budgets and a baseline, for CI. */
export async function checkCommand(flags: CheckFlags, context: CommandContext): Promise<CommandEnd> {
  const { console, interruption } = context;
  const options = analysisOptions(flags, declaredMeasurements(context));
  const budgets = [
    ...(flags.max ?? []).map((text) => parseBudget('max', text)),
    ...(flags.min ?? []).map((text) => parseBudget('min', text)),
  ];
  const matchers = (flags.for ?? []).map(parseLabelMatch);
  // Finds a label that there is not before the work instead of after it.
  matchesLabels(matchers, Object.fromEntries(namesOfLabels(options.by).map((label) => [label, ''])));
  const tolerance = parseTolerance(flags.tolerance);
  if (budgets.length === 0 && flags.baseline === undefined) {
    throw new RttsharkError('usage', 'There is nothing to check.', {
      hint: 'Set a budget (--max p95=50ms) or name a baseline (--baseline FILE).',
    });
  }
  if (flags.update && flags.baseline === undefined) {
    throw new RttsharkError('usage', '--update needs a file to write: --baseline FILE.');
  }
  const saved = flags.baseline === undefined || flags.update ? undefined : readBaseline(flags.baseline);
  if (flags.dryRun) {
    await console.result(await dryRunLines(options));
    return [];
  }

  const analysis = await runAnalysis(options, flags, context);
  for (const problem of analysis.problems) console.error(problem);
  noteOtherGroups(analysis, context);
  noteSketches(analysis, context);
  if (interruption.error !== undefined) {
    console.error(interruption.error);
    return [interruption.error, ...analysis.problems];
  }
  if (saved !== undefined && saved.tshark.version !== analysis.tshark.version) {
    console.note(
      `The baseline was made with tshark ${saved.tshark.version}, this is ${analysis.tshark.version}: versions differ in the samples that they find.`,
    );
  }
  const checks: Check[] = [
    ...analysis.measurements.flatMap((measured) => evaluateBudgets(measured, budgets, matchers)),
    ...(saved === undefined
      ? []
      : baselineChecks(analysis, saved, { tolerance, matchers, name: flags.baseline })),
  ];
  await console.result(checksText(checks, analysis, flags, context));
  const unwritten = [
    ...(await unwrittenFile(flags.junit, junitXml(checks))),
    ...(flags.update ? await updateBaseline(analysis, flags, context) : []),
  ];
  for (const error of unwritten) console.error(error);
  const failed = checks.filter(({ passed }) => !passed).length;
  if (failed === 0) return [...analysis.problems, ...unwritten];
  const failure = new RttsharkError('budget_not_met', `${failed} of ${checks.length} checks failed.`);
  console.error(failure);
  return [failure, ...analysis.problems, ...unwritten];
}

/** Writes a file, where one is asked for; why it could not be, or nothing. */
async function unwrittenFile(file: string | undefined, text: string): Promise<RttsharkError[]> {
  if (file === undefined) return [];
  try {
    await writeWhole(file, text);
    return [];
  } catch (error) {
    if (error instanceof RttsharkError) return [error];
    throw error;
  }
}

async function updateBaseline(
  analysis: Analysis,
  { baseline = '' }: CheckFlags,
  { console }: CommandContext,
): Promise<RttsharkError[]> {
  if (analysis.problems.length > 0) {
    console.note(`The baseline "${baseline}" was left as it was: not all could be read.`);
    return [];
  }
  const errors = await unwrittenFile(baseline, jsonText(documentOf(analysis)));
  if (errors.length === 0) console.note(`The baseline "${baseline}" was written.`);
  return errors;
}

function documentOf({ tshark, inputs, measurements, counters }: Analysis): AnalysisDocument {
  return analysisDocument({ tsharkVersion: tshark.version, inputs, measurements, counters });
}

function checksText(
  checks: readonly Check[],
  analysis: Analysis,
  flags: CheckFlags,
  context: CommandContext,
): string {
  const { tshark, inputs } = analysis;
  if (flags.format === 'json')
    return jsonText(checkDocument({ tsharkVersion: tshark.version, inputs, checks }));
  return checks.length === 0 ? '' : renderChecks(checks, context.console.stdout);
}

function readBaseline(file: string): AnalysisDocument {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new RttsharkError('usage', `The baseline "${file}" cannot be read.`, {
      detail: error instanceof Error ? error.message : undefined,
      hint: 'Write it with --update, or with "rttshark analyze --format json".',
    });
  }
  return parseAnalysisDocument(text, `The baseline "${file}"`);
}

interface Comparison {
  readonly tolerance: number;
  readonly matchers: readonly LabelMatcher[];
  readonly name: string | undefined;
}

function baselineChecks(
  { measurements }: Analysis,
  saved: AnalysisDocument,
  { tolerance, matchers, name }: Comparison,
): Check[] {
  return measurements.flatMap((measured) => {
    const before = saved.measurements.find((measurement) => measurement.name === measured.name);
    if (before === undefined) {
      throw new RttsharkError('usage', `The baseline "${name ?? ''}" has no measurement "${measured.name}".`);
    }
    return compareWithBaseline(measured, measuredOf(before), { tolerance, matchers });
  });
}
