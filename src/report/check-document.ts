import type { BaselineCheck, Check } from '../measure/baseline.ts';
import type { BudgetCheck } from '../measure/budget.ts';
import type { AnalysisInput } from './analysis-document.ts';

/** The version of the document's shape. */
export const checkSchema = 'rttshark.check/1';

/** What `check --format json` prints. Figures are seconds, except those of `count`; tolerance and change fractions. */
export interface CheckDocument {
  readonly schema: typeof checkSchema;
  readonly tshark: { readonly version: string };
  readonly inputs: readonly AnalysisInput[];
  /** Whether every check passed. */
  readonly passed: boolean;
  readonly checks: readonly Check[];
}

export interface CheckParts {
  readonly tsharkVersion: string;
  readonly inputs: readonly AnalysisInput[];
  readonly checks: readonly Check[];
}

/** The document of one run of checks, its keys in a fixed order. */
export function checkDocument({ tsharkVersion, inputs, checks }: CheckParts): CheckDocument {
  return {
    schema: checkSchema,
    tshark: { version: tsharkVersion },
    inputs: inputs.map(({ path, samples, truncated }) => ({ path, samples, truncated })),
    passed: checks.every(({ passed }) => passed),
    checks: checks.map((check) => (check.kind === 'budget' ? budgetEntry(check) : baselineEntry(check))),
  };
}

function budgetEntry(check: BudgetCheck): BudgetCheck {
  const { kind, measurement, labels, statistic, comparison, limit, actual, passed, note } = check;
  return { kind, measurement, labels, statistic, comparison, limit, actual, passed, note };
}

function baselineEntry(check: BaselineCheck): BaselineCheck {
  const { kind, measurement, labels, statistic, comparison, limit, actual, passed, note } = check;
  const { baseline, tolerance, change } = check;
  return {
    ...{ kind, measurement, labels, statistic, comparison, limit, actual },
    ...{ baseline, tolerance, change, passed, note },
  };
}
