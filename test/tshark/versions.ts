import { parseToolVersion, type ToolVersion } from '../../src/tshark/version.ts';

/** A version as tshark would have told it. */
export function versionOf(text: string): ToolVersion {
  const version = parseToolVersion(text);
  if (version === null) throw new Error(`"${text}" is no version.`);
  return version;
}
