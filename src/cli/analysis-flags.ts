import { RttsharkError } from '../errors.ts';
import type { AnalysisOptions } from '../analysis/analysis-options.ts';
import { parseLabels, type LabelName } from '../measure/labels.ts';
import type { ExtractionChoice, ProfileName } from '../tshark/profile.ts';

/** The options about what is read and how it is grouped, as they were given. */
export interface AnalysisFlags {
  readonly captures: readonly string[];
  readonly displayFilter: string | undefined;
  readonly decodeAs: readonly string[] | undefined;
  readonly preference: readonly string[] | undefined;
  readonly packetCount: string | undefined;
  readonly join: boolean;
  readonly profile: ProfileName;
  readonly extract: ExtractionChoice;
  readonly tshark: string | undefined;
  readonly by: string;
  readonly swap: boolean;
}

/** @throws RttsharkError `usage` */
export function analysisOptions(flags: AnalysisFlags): AnalysisOptions & { by: readonly LabelName[] } {
  return {
    inputs: flags.captures,
    join: flags.join,
    by: parseLabels(flags.by),
    swap: flags.swap,
    filter: flags.displayFilter,
    decodeAs: flags.decodeAs,
    preferences: flags.preference,
    packetCount: flags.packetCount === undefined ? undefined : wholeNumber('packet-count', flags.packetCount),
    profile: flags.profile,
    extraction: flags.extract,
    tshark: flags.tshark,
  };
}

/** @throws RttsharkError `usage` for what is no whole number above zero */
export function wholeNumber(option: string, text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(value) && value > 0) return value;
  throw new RttsharkError('usage', `"${text}" is no value for --${option}.`, {
    hint: 'It is a whole number above zero.',
  });
}
