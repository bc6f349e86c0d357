import { columnsAreFaster, columnsAreTheSame, type Extraction } from './column-extraction.ts';
import { loadFieldCatalogue } from './field-catalogue.ts';
import type { Tshark } from './find-tools.ts';
import { leanProfile } from './lean-profile.ts';
import { areHarmless, isLeanSafe, type LeanQuestion } from './lean-request.ts';

/**
 * Which dissectors are at work: `lean`, those that the request needs, where that changes no value, else all;
 * `full`, all of them, without the user's own configuration; `user`, whatever that configuration says.
 */
export type ProfileName = 'lean' | 'full' | 'user';

/** How values are taken from tshark: `auto`, by columns where that is faster and the same. */
export type ExtractionChoice = Extraction | 'auto';

/** How one is to be driven who does not care. */
export const defaultProfile: ProfileName = 'lean';
export const defaultExtraction: ExtractionChoice = 'auto';

/** What is decided of one request. */
export interface Drive {
  /** For WIRESHARK_CONFIG_DIR; undefined for the user's own. */
  readonly configFolder: string | undefined;
  readonly extraction: Extraction;
  /** Whether only TCP, what is below it and what carries it are dissected. */
  readonly isLean: boolean;
}

export interface DriveOptions {
  readonly profile?: ProfileName | undefined;
  readonly extraction?: ExtractionChoice | undefined;
  /**
   * Fields among those asked for whose value may differ in what stands behind the last TCP layer, since the caller looks
   * at what is before it only.
   */
  readonly onlyBeforeTcp?: readonly string[] | undefined;
}

/** tshark takes a folder that is not there for one without files, and says nothing of it. */
const noConfiguration = process.platform === 'win32' ? 'C:\\nonexistent' : '/nonexistent';

/**
 * How tshark is to be driven for a request, so that it is fast and never different. What cannot be had, or would
 * not be the same, is replaced by what is slower: every dissector, `-T fields`.
 *
 * @throws RttsharkError `tshark_died` where tshark lists no fields
 */
export async function planDrive(
  tshark: Tshark,
  question: LeanQuestion,
  { profile = defaultProfile, extraction = defaultExtraction, onlyBeforeTcp = [] }: DriveOptions = {},
): Promise<Drive> {
  const wanted = extraction === 'auto' ? columnsAreFaster(tshark.version) : extraction === 'columns';
  // The user's own configuration can hide columns, and name addresses.
  const mayUseColumns = wanted && profile !== 'user' && areHarmless(question.preferences);
  const [lean, catalogue] = await Promise.all([
    profile === 'lean' ? leanProfile(tshark) : null,
    mayUseColumns ? loadFieldCatalogue(tshark) : null,
  ]);
  const fields = question.fields.filter((field) => !onlyBeforeTcp.includes(field));
  const isSafe = lean !== null && isLeanSafe({ ...question, fields }, lean.isDisabled);
  return {
    configFolder: profile === 'user' ? undefined : isSafe ? lean.folder : noConfiguration,
    extraction: catalogue !== null && columnsAreTheSame(question.fields, catalogue) ? 'columns' : 'fields',
    isLean: isSafe,
  };
}

/** The variables that point tshark to a configuration; none for the user's own. */
export function configEnvironment(configFolder: string | undefined): Record<string, string> | undefined {
  return configFolder === undefined ? undefined : { WIRESHARK_CONFIG_DIR: configFolder };
}
