import { fieldsOfSomeVersions } from '../measure/label-values.ts';
import { fieldsOfLayers } from '../measure/measurement.ts';
import { missingFields } from '../tshark/field-catalogue.ts';
import { planDrive } from '../tshark/profile.ts';
import type { Tshark } from '../tshark/find-tools.ts';
import type { AnalysisOptions } from './analysis-options.ts';
import { planAnalysis, type AnalysisPlan } from './analysis-plan.ts';

/**
 * The plan of an analysis, with how tshark is to be driven for it.
 *
 * @throws RttsharkError `usage`, `filter_invalid`
 */
export async function drivenPlan(options: AnalysisOptions, tshark: Tshark): Promise<AnalysisPlan> {
  const plan = await withKnownFields(planAnalysis(options, tshark), tshark);
  const [first] = plan.requests;
  if (first === undefined) return plan;
  const { schema, displayFilter, decodeAs, preferences } = first;
  const question = { fields: Object.keys(schema), displayFilter, decodeAs, preferences };
  const { profile, extraction } = options;
  const drive = await planDrive(tshark, question, { profile, extraction, onlyBeforeTcp: fieldsOfLayers });
  return { ...plan, requests: plan.requests.map((request) => ({ ...request, ...drive })) };
}

/** Leaves out what this version of tshark has under another name. */
async function withKnownFields(plan: AnalysisPlan, tshark: Tshark): Promise<AnalysisPlan> {
  const [first] = plan.requests;
  if (first === undefined) return plan;
  const missing = await missingFields(tshark, Object.keys(first.schema), fieldsOfSomeVersions);
  if (missing.length === 0) return plan;
  const schema = Object.fromEntries(
    Object.entries(first.schema).filter(([field]) => !missing.includes(field)),
  );
  return { ...plan, requests: plan.requests.map((request) => ({ ...request, schema })) };
}
